"""csm-tui: a workspace in the terminal for one Customer Success Manager. Importing this loads nothing else."""

__version__ = "0.1.0"
