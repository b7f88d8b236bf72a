"""The workspace; the only place that knows Textual."""
