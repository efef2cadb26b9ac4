"""What is kept of a class: rows of figures, never a picture."""
