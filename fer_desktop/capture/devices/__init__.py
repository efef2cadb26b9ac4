"""Cameras, at this computer and on the network."""
