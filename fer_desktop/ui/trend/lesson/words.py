"""What the lesson so far says in words: beside the chart, under the pointer, and to a screen reader."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject

from fer_desktop.core.glance.types import Basis, Change, Glance, Group
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import in_sentences, listed
from fer_desktop.ui.trend.lesson.data import TOLD_FROM, Column, Missing, Moment
from fer_desktop.ui.trend.lesson.lanes import COUNTED, Lane

_AGO_S = 600.0


class LessonWords(QObject):
    """Phrases about moments of a lesson."""

    def group(self, column: Column) -> str:
        """What the faces of a group show: "smiling"."""
        if column is Column.SMILING:
            return self.tr("smiling")
        return self.tr("sad, afraid or angry")

    def lane(self, lane: Lane) -> str:
        """A lane in a word or two."""
        return {
            Lane.SURPRISED: self.tr("surprised"),
            Lane.READ: self.tr("read"),
            Lane.TURNED_AWAY: self.tr("turned away"),
            Lane.NO_FACE: self.tr("no face"),
            Lane.CAMERAS: self.tr("cameras on"),
        }[lane]

    def why(self, why: Missing) -> str:
        """Why there is a gap, in a word or two."""
        return {
            Missing.PAUSED: self.tr("paused"),
            Missing.NO_SOURCE: self.tr("no picture"),
            Missing.COVERED: self.tr("covered"),
            Missing.SLOW: self.tr("too slow"),
            Missing.ASLEEP: self.tr("asleep"),
            Missing.STARTING: self.tr("starting"),
            Missing.WITHHELD: self.tr("too few faces"),
            Missing.NO_FACE: self.tr("no face"),
            Missing.BREAK: self.tr("Break"),
            Missing.UNSEEN: self.tr("not seen"),
        }[why]

    def basis(self, glance: Glance | None, learning: bool) -> str:
        """What the chart compares with, where there is anything to say of it."""
        if glance and glance.basis is Basis.MARKER:
            return self.tr("Compared with the time before “{marker}”.").format(marker=glance.since_marker)
        return self.tr("Learning what is usual.") if learning else ""

    def faces(self, moment: Moment, column: Column) -> str:
        """ "about 6 of 22"; "0–2 of 22" of a group that is not named below three."""
        count, among = moment.of(column), moment.of(Column.FACES)
        if column is Column.LOW and count < TOLD_FROM:
            return self.tr("0–2 of {faces}").format(faces=_whole(among))
        return self.tr("about {count} of {faces}").format(count=_whole(count), faces=_whole(among))

    def usually(self, moment: Moment, column: Column) -> str:
        """ "usually about 7", of as many faces as now; empty where it is not known."""
        usual = Column.USUAL_SMILING if column is Column.SMILING else Column.USUAL_LOW
        count = moment.of(usual) * moment.of(Column.FACES)
        if math.isnan(count):
            return ""
        if column is Column.LOW and count < TOLD_FROM:
            return self.tr("usually 0–2")
        return self.tr("usually about {count}").format(count=_whole(count))

    def lane_value(self, moment: Moment, lane: Lane) -> str:
        """ "22 of 23"; empty where it is not known."""
        counted, among = (moment.of(column) for column in COUNTED[lane])
        if math.isnan(counted) or math.isnan(among):
            return ""
        return self.tr("{count} of {all}").format(count=_whole(counted), all=_whole(among))

    def at(self, moment: Moment, calm: bool, lanes: Sequence[Lane]) -> str:
        """The moment in a line: time, faces by group with what is usual, on how many cameras it rests."""
        parts = [self._time(moment.elapsed_s), moment.near]
        if moment.why is not None:
            parts.append(self.why(moment.why))
        else:
            parts += [self._group_now(moment, column) for column in _groups(moment, calm)]
        parts.append(self._read(moment))
        parts += [self._lane_now(moment, lane) for lane in lanes if lane is not Lane.READ]
        return self.tr(" · ", "between figures").join(filter(None, parts))

    def described(
        self, moment: Moment | None, before: Moment | None, glance: Glance | None, calm: bool, ended: bool = False
    ) -> str:
        """The lesson so far in sentences: now, usually, ten minutes before, and on what it rests.

        Of one that has `ended` its length alone: what its last second was says nothing.
        """
        if moment is None:
            return self.tr("Lesson so far: nothing was read yet.")
        if ended:
            return self.tr("The lesson took {time}.").format(time=self._time(moment.elapsed_s))
        time = self._time(moment.elapsed_s)
        if moment.why is not None:
            now = self.tr("Lesson so far, {time}: {why}").format(time=time, why=self.why(moment.why))
            return in_sentences((now, self._read(moment)))
        groups = listed(self._group_now(moment, column) for column in _groups(moment, calm))
        sentences = [self.tr("Lesson so far, {time}: {groups}").format(time=time, groups=groups)]
        if before is not None and before.why is None:
            groups = listed(self._group_now(before, column, usual=False) for column in _groups(before, calm))
            sentences.append(self.tr("Ten minutes before: {groups}").format(groups=groups))
        sentences += [self._change(glance), self._read(moment)]
        return in_sentences(sentences)

    def _group_now(self, moment: Moment, column: Column, usual: bool = True) -> str:
        text = self.tr("{faces} {group}").format(faces=self.faces(moment, column), group=self.group(column))
        return listed((text, self.usually(moment, column) if usual else ""))

    def _lane_now(self, moment: Moment, lane: Lane) -> str:
        value = self.lane_value(moment, lane)
        return self.tr("{count} {fact}").format(count=value, fact=self.lane(lane)) if value else ""

    def _read(self, moment: Moment) -> str:
        value = self.lane_value(moment, Lane.READ)
        return self.tr("{count} read").format(count=value) if value else ""

    def _change(self, glance: Glance | None) -> str:
        if glance is None or glance.basis in (Basis.NOTHING, Basis.FIRST):
            return ""
        if glance.basis is Basis.LEARNING:
            return self.tr("Learning what is usual")
        if glance.change is None:
            return "" if glance.unsettled else self.tr("About as usual")
        return self._changed(glance.change)

    def _changed(self, change: Change) -> str:
        more = {
            Group.SMILING: self.tr("More faces than usual smile"),
            Group.SURPRISED: self.tr("More faces than usual look surprised"),
            Group.LOW: self.tr("More faces than usual look sad, afraid or angry"),
        }
        fewer = {
            Group.SMILING: self.tr("Fewer faces than usual smile"),
            Group.SURPRISED: self.tr("Fewer faces than usual look surprised"),
            Group.LOW: self.tr("Fewer faces than usual look sad, afraid or angry"),
        }
        return (more if change.more else fewer).get(change.group, "")

    def _time(self, elapsed_s: float) -> str:
        return moment_words(round(elapsed_s))


def ten_minutes_before(elapsed_s: float) -> float:
    """The time that the description looks back to."""
    return elapsed_s - _AGO_S


def _groups(moment: Moment, calm: bool) -> tuple[Column, ...]:
    return (Column.SMILING,) if calm or not moment.tells_low else (Column.SMILING, Column.LOW)


def _whole(count: float) -> int:
    """To the next whole number, halves upwards."""
    return math.floor(count + 0.5) if math.isfinite(count) else 0
