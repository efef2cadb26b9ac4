"""The way back: a session's CSV file into the store."""
