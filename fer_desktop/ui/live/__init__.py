"""The picture of the class, and what is drawn on it."""
