"""The store of sessions: one SQLite file that holds figures, never a picture."""
