"""What tells her that something changed."""
