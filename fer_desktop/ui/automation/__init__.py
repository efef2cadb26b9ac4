"""Runs of the window without a user: the demo and the benchmark."""
