"""Turns findings into a scorecard. Rubrics are data, their conditions are three-valued, their scores are intervals."""
