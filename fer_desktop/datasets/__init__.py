"""Labelled faces, in the formats in which they are distributed."""
