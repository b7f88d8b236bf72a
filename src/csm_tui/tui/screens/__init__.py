"""Whole screens, one file each: the workspace, and what opens over it."""
