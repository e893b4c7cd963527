"""Scorecards on a page: one file per format; all untrusted text leaves through `safe`."""
