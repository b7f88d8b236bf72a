"""In and out: files of other systems, and the made-up book."""
