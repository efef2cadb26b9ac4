"""What is stored of a session: rows of figures, never a picture."""
