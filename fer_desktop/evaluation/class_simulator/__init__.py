"""Simulated classes with errors as they are: what every person shows is known, and what is read of it."""
