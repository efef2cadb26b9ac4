"""How a frame becomes a summary: ports and the flow, no library."""
