"""Reports as sites."""
