"""One file per pane, with its .tcss beside it."""
