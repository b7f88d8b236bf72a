"""The program is broken by every means there is, and what it promises holds: a file a group of the matrix."""
