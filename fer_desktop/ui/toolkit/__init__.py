"""What Qt leaves to each program: keys, screens, timers, words for screen readers."""
