"""What the window does as a window: where it lies, what it says across itself, which keys it takes."""
