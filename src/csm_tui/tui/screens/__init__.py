"""Whole screens: history, keys, why, an account."""
