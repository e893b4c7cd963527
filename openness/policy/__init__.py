"""What a project demands of the releases that it depends on, whether they meet it, and what became worse."""
