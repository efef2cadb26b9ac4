"""Tiles that touch, found by the lines between them and by their faces."""
