"""Who takes part in a simulated call, and what their cameras show."""
