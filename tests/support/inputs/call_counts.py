"""Who left a simulated call and came back: as counted in its pictures, and as it is true."""

import numpy as np

from fer_desktop.core.seats.attendance import AWAY_S, AttendanceTracker
from fer_desktop.core.types import Attendance, Face, Image
from fer_desktop.pipeline.frame.participants import ParticipantFinder
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.gallery.reader import CallGallery

Counts = tuple[int, int]  # left, came back


class NoFaces:
    """A detector that never finds any: seats go by tiles."""

    def detect(self, _image: Image) -> list[Face]:
        return []


def read_counts(simulator: CallSimulator, upto_s: float, step_s: float) -> tuple[Counts, Counts]:
    """What is counted in the call's pictures, and what is true."""
    people, presence = ParticipantFinder(NoFaces(), CallGallery(NoFaces())), AttendanceTracker()
    attendance, orders = Attendance(), []
    for at_s in np.arange(0.0, upto_s, step_s):
        found = people.find(simulator.frame_at(float(at_s)))
        attendance = presence.update([tile.seat for tile in found.tiles], float(at_s))
        orders.append((float(at_s), simulator.truth_at(float(at_s)).participants))
    return (attendance.left, attendance.came_back), true_counts(orders)


def true_counts(orders: list[tuple[float, tuple[int, ...]]]) -> Counts:
    """How many were out of the call for AWAY_S, and how many of these came back, by what the script says."""
    last_s: dict[int, float] = {}
    gone: set[int] = set()
    left = came_back = 0
    for at_s, there in orders:
        came_back += len(gone & set(there))
        gone -= set(there)
        last_s |= dict.fromkeys(there, at_s)
        new = {one for one in last_s.keys() - set(there) - gone if at_s - last_s[one] >= AWAY_S}
        left += len(new)
        gone |= new
    return left, came_back
