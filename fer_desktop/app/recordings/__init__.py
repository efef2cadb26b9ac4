"""Recordings and pictures from their first frame to the last row and the stored lesson, without Qt."""
