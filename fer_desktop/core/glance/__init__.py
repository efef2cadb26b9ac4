"""What one look at the class may say: groups of expressions, what is usual, what has changed, and its words."""
