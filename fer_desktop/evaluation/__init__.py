"""What networks, galleries and limits are worth, measured on the real parts."""
