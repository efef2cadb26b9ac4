"""The lesson so far: smiling up, the low group down, what is usual, lanes of facts."""
