"""The generator of the demo class's faces."""
