"""Readers that find model releases in a project's files, one for each language; `openness.policy.discover` calls them."""
