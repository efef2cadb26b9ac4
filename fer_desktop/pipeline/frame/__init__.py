"""From one frame to its analysis."""
