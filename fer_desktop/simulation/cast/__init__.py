"""Who sits in a simulated call, and what their cameras give."""
