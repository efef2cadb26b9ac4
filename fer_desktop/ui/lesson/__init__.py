"""A stored lesson, opened: its sentence, its trend to scrub and play, its moments, her notes."""
