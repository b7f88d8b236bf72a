"""Reusable widgets that know nothing of customer success."""
