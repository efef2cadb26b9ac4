"""What of a session is written down, and by when."""
