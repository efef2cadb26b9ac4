"""Which seat replaced a merged one: two seats that turn out to be one person's become the older one."""


class SeatSuccession:
    """All merges of one gallery. Not thread-safe.

    None is ever forgotten, at two numbers each, so that whoever is excluded stays excluded through any number of them.
    """

    def __init__(self) -> None:
        self._successors: dict[int, int] = {}

    def merge(self, seat: int, into: int) -> None:
        """Replaces the seat by the other one from now on."""
        self._successors[seat] = into

    def current(self, seat: int) -> int:
        """The seat that replaced this one; itself where it was never merged."""
        passed = []
        while seat in self._successors:
            passed.append(seat)
            seat = self._successors[seat]
        self._successors.update(dict.fromkeys(passed, seat))
        return seat
