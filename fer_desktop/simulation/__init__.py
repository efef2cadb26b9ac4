"""Simulated video calls with their ground truth, including the demo class."""
