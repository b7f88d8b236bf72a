"""Modal forms: each returns a command or None."""
