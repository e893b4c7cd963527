"""The gate: what a project demands of releases, and how results stand to it and to each other."""
