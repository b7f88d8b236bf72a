"""Read use cases: a function of a Reading to frozen lines, shared by the screens, the shell and the exports."""
