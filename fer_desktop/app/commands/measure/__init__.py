"""Commands whose answer is a figure."""
