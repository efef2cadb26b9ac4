"""Participants recognised from frame to frame, by tile or by face."""
