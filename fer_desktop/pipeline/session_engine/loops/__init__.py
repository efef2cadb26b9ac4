"""What each thread of a session runs."""
