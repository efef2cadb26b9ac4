"""What the commands share: arguments, progress, results."""
