"""How a simulated call's window is drawn."""
