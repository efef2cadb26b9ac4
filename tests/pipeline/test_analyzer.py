from collections.abc import Sequence

import numpy as np

from fer_desktop.app import paths
from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.readings.quality import Gate
from fer_desktop.core.seats.tile_evidence import LINE_PX, TileFeatures, unit
from fer_desktop.core.types import Face, FloatArray, Frame, GalleryLayout, Image, Reason
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.ports import CropSpec
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.gallery.reader import CallGallery


class Detector:
    """Answers with the faces it was given, frame by frame."""

    def __init__(self, *frames: list[Face]) -> None:
        self.frames = list(frames)

    def detect(self, _image: Image) -> list[Face]:
        return self.frames.pop(0)


class Nobody:
    """Finds no face in the whole frame."""

    def detect(self, _image: Image) -> list[Face]:
        return []


class Classifier:
    """Calls every face happy and remembers the batches."""

    spec = CropSpec(48, 1)

    def __init__(self) -> None:
        self.batches: list[int] = []

    def classify(self, crops: np.ndarray) -> FloatArray:
        self.batches.append(len(crops))
        answer = np.zeros((len(crops), 7), np.float32)
        answer[:, HAPPY] = 1.0
        return answer


def cut(image: Image, squares: FloatArray, spec: CropSpec) -> np.ndarray:
    """Crops as sharp as can be; black where the frame is."""
    noise = np.random.default_rng(0).integers(0, 256, (len(squares), spec.side_px, spec.side_px, spec.channels))
    lit = [image[0, int(square[0]) + 25].any() for square in squares]
    return (noise * np.reshape(lit, (-1, 1, 1, 1))).astype(np.uint8)


def noise(_image: Image, squares: FloatArray, spec: CropSpec) -> np.ndarray:
    """Crops as sharp as can be, whatever the frame shows."""
    shape = (len(squares), spec.side_px, spec.side_px, spec.channels)
    return np.random.default_rng(0).integers(80, 176, shape).astype(np.uint8)


def face(x: float, height: float = 60.0, score: float = 0.9) -> Face:
    return Face(np.array([x, 0, x + 50, height], np.float32), score, np.zeros((5, 2), np.float32))


def frame(at_s: float) -> Frame:
    return Frame(0, at_s, np.full((100, 400, 3), 90, np.uint8))


def test_all_readable_faces_go_through_the_network_in_one_batch() -> None:
    classifier = Classifier()
    faces = [face(0), face(100, height=10), face(200), face(300, score=0.65)]
    analyzer = FrameAnalyzer(Detector(faces), cut, classifier, Gate(min_score=0.7))
    analysis = analyzer.analyze(frame(0.0))
    readings = analysis.readings
    assert classifier.batches == [2]
    assert [reading.expression for reading in readings] == [HAPPY, None, HAPPY, None]
    assert [reading.quality.reason for reading in readings] == [
        Reason.NONE,
        Reason.TOO_SMALL,
        Reason.NONE,
        Reason.UNCERTAIN,
    ]
    assert np.isnan(readings[1].probabilities).all()
    assert analysis.seats == 4


def test_what_may_be_a_face_is_nobody_outside_of_a_gallery() -> None:
    analysis = FrameAnalyzer(Detector([face(0), face(300, score=0.55)]), cut, Classifier()).analyze(frame(0.0))
    assert len(analysis.readings) == 1
    assert analysis.seats == 1


def test_a_frame_without_faces_asks_the_network_nothing() -> None:
    classifier = Classifier()
    analysis = FrameAnalyzer(Detector([]), cut, classifier).analyze(frame(0.0))
    assert analysis.readings == ()
    assert classifier.batches == []


def test_a_seat_keeps_its_number_from_frame_to_frame() -> None:
    analyzer = FrameAnalyzer(Detector([face(0), face(200)], [face(205), face(5)]), cut, Classifier())
    first = [reading.seat for reading in analyzer.analyze(frame(0.0)).readings]
    second = [reading.seat for reading in analyzer.analyze(frame(0.3)).readings]
    assert second == first[::-1]


def test_the_gate_is_the_users() -> None:
    analyzer = FrameAnalyzer(Detector([face(0, height=60)]), cut, Classifier(), Gate(0.4, 80.0))
    assert analyzer.analyze(frame(0.0)).readings[0].quality.reason is Reason.TOO_SMALL


def test_a_face_in_the_dark_is_found_and_not_read() -> None:
    classifier, dark = Classifier(), frame(0.0)
    dark.image[:, 180:280] = 0
    first, second = FrameAnalyzer(Detector([face(0), face(200)]), cut, classifier).analyze(dark).readings
    assert first.quality.readable
    assert second.quality.reason is Reason.TOO_DARK
    assert second.expression is None
    assert classifier.batches == [1]


class Undecided(Classifier):
    """Calls nobody anything."""

    def classify(self, crops: np.ndarray) -> FloatArray:
        answer = super().classify(crops) * 0.3
        answer[:, :] += 0.1
        return answer


def test_a_reading_is_not_sure_where_the_best_of_seven_is_under_a_half() -> None:
    sure = FrameAnalyzer(Detector([face(0)]), cut, Classifier()).analyze(frame(0.0)).readings[0]
    unsure = FrameAnalyzer(Detector([face(0)]), cut, Undecided()).analyze(frame(0.0)).readings[0]
    assert sure.sure
    assert not unsure.sure
    assert unsure.expression == HAPPY


class SadAtRest(Classifier):
    """Reads the first face of each batch as sad, the others as calm."""

    def classify(self, crops: np.ndarray) -> FloatArray:
        answer = np.full((len(crops), 7), 0.02, np.float32)
        answer[:, 6] = 0.88
        answer[0, 4], answer[0, 6] = 0.55, 0.35
        return answer


def test_a_face_is_compared_with_its_usual_look_where_that_is_asked_for() -> None:
    shown = {}
    for baseline in (False, True):
        faces = [[face(x) for x in range(0, 360, 60)] for _ in range(130)]
        analyzer = FrameAnalyzer(Detector(*faces), cut, SadAtRest(), smoothing_s=0.0, baseline=baseline)
        shown[baseline] = [analyzer.analyze(frame(0.5 * k)).readings[0].expression for k in range(130)]
    assert set(shown[False]) == {4}
    assert shown[True][:115] == [4] * 115
    assert shown[True][-1] == 6


class Looking(CallGallery):
    """The real reader of galleries, with a face in the middle of each tile that it is asked for."""

    def __init__(self) -> None:
        super().__init__(Nobody())
        self.looked: list[FloatArray] = []

    def find(self, _image: Image, tiles: FloatArray) -> list[list[Face]]:
        self.looked.extend(tiles)
        quarter = (tiles[:, 2:] - tiles[:, :2]) / 4
        boxes = np.concatenate([tiles[:, :2] + quarter, tiles[:, 2:] - quarter], axis=1)
        return [[Face(box, 0.9, np.zeros((5, 2), np.float32))] for box in boxes]


def test_nothing_is_spent_on_a_tile_that_is_left_out_wherever_it_goes() -> None:
    simulator = CallSimulator(paths.resources(), "reorders", 9, picture_px=(960, 540), seed=3)
    gallery, classifier = Looking(), Classifier()
    analyzer = FrameAnalyzer(Nobody(), noise, classifier, gallery=lambda: gallery)
    tiles = analyzer.analyze(simulator.frame_at(0.0)).tiles
    out, mine = frozenset({tiles[4].seat}), simulator.truth_at(0.0).tiles[4].participant
    gallery.looked.clear()
    classifier.batches.clear()
    places = set()
    for at_s in np.arange(1.0, 46.0, 3.0):
        analysis = analyzer.analyze(simulator.frame_at(float(at_s)), out)
        place = [tile.participant for tile in simulator.truth_at(float(at_s)).tiles].index(mine)
        places.add(place)
        assert [tile.excluded for tile in analysis.tiles] == [number == place for number in range(9)]
        assert not any(np.array_equal(box, analysis.tiles[place].xyxy) for box in gallery.looked)
        assert classifier.batches[-1] == len(analysis.readings) == analysis.cameras_on
        assert analysis.seats == 8
        assert not {reading.seat for reading in analysis.readings} & out
        gallery.looked.clear()
    assert len(places) > 2


class Plates(CallGallery):
    """A gallery without faces, whose tiles have those lines on their plates and are alike otherwise."""

    def __init__(self, lines: FloatArray) -> None:
        super().__init__(Nobody())
        self.lines = lines

    def layout(self, _image: Image, _faces: Sequence[Face]) -> GalleryLayout:
        tiles = np.array([(100 * k, 0, 100 * k + 90, 50) for k in range(len(self.lines))], np.float32)
        return GalleryLayout(tiles, np.zeros((0, 4), np.float32))

    def features(self, _image: Image, tiles: FloatArray) -> TileFeatures:
        looks, avatars, thumbs = (np.full((len(tiles), size), 0.0, np.float32) for size in (90, 60, 144))
        return TileFeatures(tiles, self.lines[:, None], looks, avatars, thumbs)

    def find(self, _image: Image, tiles: FloatArray) -> list[list[Face]]:
        return [[] for _ in tiles]


def test_who_is_left_out_has_not_come_back_where_an_older_seat_turns_out_to_be_theirs() -> None:
    drawn = np.random.default_rng(8).normal(size=(5, LINE_PX[0] * LINE_PX[1])).astype(np.float32)
    *others, before, after = unit(drawn)
    after = before + 1.7 * after
    gallery = Plates(np.stack([*others, before]))
    analyzer = FrameAnalyzer(Nobody(), noise, Classifier(), gallery=lambda: gallery)
    analyzer.analyze(frame(0.0))
    gallery.lines = np.stack(others)
    for second in range(1, 30):
        attendance = analyzer.analyze(frame(float(second))).attendance
    assert (attendance.left, attendance.came_back) == (1, 0)
    gallery.lines = unit(np.stack([*others, after]))
    assert analyzer.analyze(frame(30.0)).tiles[-1].seat == 5
    gallery.lines = unit(np.stack([*others, *unit(np.stack([before, after])).sum(axis=0, keepdims=True)]))
    analysis = analyzer.analyze(frame(40.0), frozenset({5}))
    assert (analysis.tiles[-1].seat, analysis.tiles[-1].excluded, analysis.merged) == (4, True, ((5, 4),))
    assert analyzer.current_seat(5) == 4
    assert (analysis.attendance.left, analysis.attendance.came_back) == (1, 0)


def test_a_class_without_those_left_out_has_their_figures_neither() -> None:
    analyzer = FrameAnalyzer(Detector([face(0), face(200)], [face(0), face(200)]), cut, Classifier())
    whole = analyzer.analyze(frame(0.0))
    rest = analyzer.analyze(frame(0.3), frozenset({whole.readings[0].seat}))
    assert [reading.seat for reading in rest.readings] == [whole.readings[1].seat]
    assert [one.seat for one in rest.excluded] == [whole.readings[0].seat]
    assert (rest.seats, rest.cameras_on) == (1, 1)


def looking(down: float) -> Face:
    """A face whose points are lower in its box than a level one's by a share of its height."""
    points = np.array([[0.27, 0.38], [0.73, 0.38], [0.5, 0.58], [0.3, 0.725], [0.7, 0.725]]) + np.array([0, down])
    return Face(np.array([0, 0, 60, 80], np.float32), 0.9, (points * (60, 80)).astype(np.float32))


def reasons_of(faces: Sequence[Face]) -> list[Reason]:
    """Why the one face is not read, in each of frames a second apart."""
    analyzer = FrameAnalyzer(
        Detector(*([one] for one in faces)), noise, Classifier(), smoothing_s=0.0, detect_every_s=0
    )
    told = [analyzer.analyze(frame(float(at))).readings for at in range(len(faces))]
    return [readings[0].quality.reason for readings in told]


def test_whoever_sat_level_and_looks_down_is_turned_away() -> None:
    told = reasons_of([looking(0.0)] * 90 + [looking(0.09)])
    assert set(told[:-1]) == {Reason.NONE}
    assert told[-1] is Reason.TURNED_AWAY


def test_at_first_only_what_no_camera_explains_is_turned_away() -> None:
    assert reasons_of([looking(0.07), looking(0.2)]) == [Reason.NONE, Reason.TURNED_AWAY]


def test_of_a_camera_above_the_screen_a_person_is_level() -> None:
    told = reasons_of([looking(0.055)] * 120 + [looking(0.13)])
    assert set(told[:-1]) == {Reason.NONE}
    assert told[-1] is Reason.TURNED_AWAY
