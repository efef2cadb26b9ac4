"""What the figures of a session depend on beside the network."""

from typing import Final

# The hash of the network says more than its path; all of it is kept with the session.
FIGURE_SETTINGS: Final = (
    "output",
    "min_score",
    "min_height_px",
    "smoothing_s",
    "baseline",
    "max_updates_hz",
    "cpu_share",
)
