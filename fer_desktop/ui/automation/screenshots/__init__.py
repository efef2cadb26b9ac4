"""Pictures of every page and state, the same on any day: for the documents, and to be looked at."""
