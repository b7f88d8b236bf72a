"""Write use cases: a frozen command with a label, and the function that carries it out."""
