"""Pages for a browser: a site of reports, and single pages made of the same template, styles and script."""
