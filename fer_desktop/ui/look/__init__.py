"""Colours, type, icons and motion."""
