"""Composition root: the only place where the rooms meet."""
