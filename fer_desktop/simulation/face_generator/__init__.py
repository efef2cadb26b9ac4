"""Generates the faces of the demo class."""
