"""One file per kind of thing that a file may hold, beside accounts."""
