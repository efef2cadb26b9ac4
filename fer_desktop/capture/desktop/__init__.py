"""Regions of the screen and windows of other programs."""
