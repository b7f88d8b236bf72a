"""One file per command: its parser and its run; imported only when called."""
