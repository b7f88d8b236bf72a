"""One file per set of facts: SQL in, frozen facts out, never a verdict."""
