"""Drawing a region of the screen."""
