"""What the threads of a session say to one another: commands, reports, the state."""
