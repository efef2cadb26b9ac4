"""Whether a face can be read at all."""

from fer_desktop.core.types import Face, Quality, Reason


def judge(face: Face, min_score: float, min_height_px: float) -> Quality:
    """Readable where the detector is sure (score) and the face is tall enough (px of the frame)."""
    height_px = float(face.xyxy[3] - face.xyxy[1])
    if face.score < min_score:
        reason = Reason.UNCERTAIN
    elif height_px < min_height_px:
        reason = Reason.TOO_SMALL
    else:
        reason = Reason.NONE
    return Quality(reason is Reason.NONE, reason, height_px)
