"""The sessions that are stored: what is offered of them, and how they are erased."""
