"""Pictures of calls that are hard to read, each a named case with its ground truth."""
