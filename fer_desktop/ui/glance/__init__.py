"""The class at a glance: its sentence, squares, counts and alerts."""
