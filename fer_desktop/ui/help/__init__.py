"""Pages about the program and its network."""
