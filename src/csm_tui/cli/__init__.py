"""The shell: picks one command by name and maps a Refusal to exit code 1."""
