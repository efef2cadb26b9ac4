"""Tiles found by the ground between them, which has one exact colour."""
