"""A lesson in a few numbers, as a list of lessons shows it."""

from dataclasses import dataclass

from fer_desktop.core.types import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """How well a lesson was covered, and its course in columns of equal time."""

    read: int  # faces, median over the time in which any was read; 0: none ever was
    cameras: int  # that were on, likewise
    smiling: FloatArray  # (N,), share of the faces read, 0-1; NaN where nothing was read
    low: FloatArray  # (N,), sad, afraid, angry or disgusted, 0-1; 0 where it is not told, NaN as `smiling`

    @property
    def most_smiling_at(self) -> float | None:
        """Where in the lesson most faces smiled, 0-1; None where nothing was read or nobody ever did."""
        known = [(float(share), place) for place, share in enumerate(self.smiling) if share > 0]
        if not known:
            return None
        _, place = max(known, key=lambda pair: (pair[0], -pair[1]))
        return (place + 0.5) / len(self.smiling)
