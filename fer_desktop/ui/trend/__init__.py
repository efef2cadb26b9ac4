"""The curves of a session."""
