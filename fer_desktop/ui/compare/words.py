"""What is said of a comparison beside its sentence: values under the pointer, and all of it for a screen reader."""

import math

from PySide6.QtCore import QObject

from fer_desktop.core.comparison.compare import Comparison
from fer_desktop.core.comparison.series import LOW, SMILING, STEP_S, SURPRISED, Rows
from fer_desktop.core.comparison.words import rests_on, sentence
from fer_desktop.core.glance.shown import LEAST_LOW, about
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import in_sentences, listed, told


class CompareWords(QObject):
    """Phrases of one comparison."""

    def at(self, comparison: Comparison, stretch: int) -> str:
        """What both show in a stretch of 30 s."""
        lesson, reference = comparison.lesson, comparison.reference
        time = moment_words(min((stretch + 0.5) * STEP_S, lesson.length_s))
        here = self._values(lesson.counts[stretch], float(lesson.faces[stretch]))
        if reference is None:
            return self.tr("{time}. This lesson: {values}").format(time=time, values=here)
        if comparison.usual:
            there = self._values(reference.shares[stretch] * lesson.faces[stretch], float(lesson.faces[stretch]))
            text = self.tr("{time}. This lesson: {here}. Usually: {there}")
        else:
            faces = reference.faces[stretch]
            there = self._values(reference.shares[stretch] * faces, float(faces))
            text = self.tr("{time}. This lesson: {here}. The other lesson: {there}")
        return text.format(time=time, here=here, there=there)

    def _values(self, counts: Rows, faces: float) -> str:
        if not math.isfinite(faces) or not math.isfinite(float(counts[SMILING])):
            return self.tr("nothing read")
        smiling = self.tr("about {count} of {faces} smiling").format(
            count=about(float(counts[SMILING])), faces=about(faces)
        )
        surprised = low = ""
        if about(float(counts[SURPRISED])):
            surprised = self.tr("{count} surprised").format(count=about(float(counts[SURPRISED])))
        if math.isfinite(float(counts[LOW])):
            number = about(float(counts[LOW]))
            shown = str(number) if number >= LEAST_LOW else "0–2"
            low = self.tr("{count} sad, afraid or angry").format(count=shown)
        return listed((smiling, surprised, low))

    def described(self, comparison: Comparison) -> str:
        """The sentence, on what it rests, and when else they differ."""
        others = [
            self.tr("Another difference from {begin} to {end}").format(
                begin=moment_words(one.start_s), end=moment_words(one.end_s)
            )
            for one in comparison.found[1:]
        ]
        phrases = [told(sentence(comparison, moment_words)), *map(told, rests_on(comparison)), *others]
        return in_sentences(phrase.removesuffix(".") for phrase in phrases)
