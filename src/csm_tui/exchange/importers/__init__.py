"""One file per source of accounts."""
