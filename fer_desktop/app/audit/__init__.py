"""The audit of what a session leaves and whom it talks to."""
