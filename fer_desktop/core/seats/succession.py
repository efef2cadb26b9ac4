"""Which seat stands for a seat today: two that turn out to be one person's are merged into the older one."""


class SeatSuccession:
    """Every merge of one gallery. Not shared between threads.

    None is ever forgotten, at two numbers each: whoever is left out stays so through any number of them.
    """

    def __init__(self) -> None:
        self._successors: dict[int, int] = {}

    def merge(self, seat: int, into: int) -> None:
        """Gives up the seat; the other one stands for it from now on."""
        self._successors[seat] = into

    def current(self, seat: int) -> int:
        """The seat that stands for this one now: itself where it was never merged."""
        passed = []
        while seat in self._successors:
            passed.append(seat)
            seat = self._successors[seat]
        self._successors.update(dict.fromkeys(passed, seat))
        return seat
