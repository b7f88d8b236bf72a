"""The file, and the only place that knows SQLite."""
