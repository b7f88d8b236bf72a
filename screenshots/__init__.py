"""What the pictures and casts of the README are made with: `make screenshots`."""
