"""The seat view: participants as rows, with what is seen of their cameras and never an expression."""
