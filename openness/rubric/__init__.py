"""Findings into a scorecard: rubrics are data, their conditions three-valued, their scores intervals."""
