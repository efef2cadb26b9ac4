"""Simulated video calls of which everything is known, the demo class among them."""
