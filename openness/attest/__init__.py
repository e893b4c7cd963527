"""What people find of a release, merged openly with what probes find."""
