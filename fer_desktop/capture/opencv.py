"""How OpenCV and its FFmpeg are told to be quiet, and to open nothing but pictures."""

import os
from typing import Final

_OPTIONS: Final = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
# FFmpeg's names of what it may open. Others follow to other files and computers (concat, dash, sdp), make pictures of
# text, or play what nobody records a class in. A list of an HTTP stream's pieces (hls) reaches no file from there; as a
# file it is refused by its first bytes.
_FORMATS: Final = (
    *("3g2", "3gp", "apng", "asf", "av1", "avi", "dv", "flv", "gif", "h264", "hevc", "hls", "image2pipe", "ivf"),
    *("jpeg_pipe", "live_flv", "m4a", "m4v", "matroska", "mj2", "mjpeg", "mov", "mp4", "mpeg", "mpegts", "mpegvideo"),
    *("mpjpeg", "nut", "obu", "ogg", "png_pipe", "rm", "rtp", "rtsp", "webm", "webp_pipe", "wtv", "yuv4mpegpipe"),
)
_USUAL: Final = "rtsp_transport;tcp"  # what OpenCV takes where nothing is set


def quiet_opencv() -> None:
    """Keeps OpenCV and FFmpeg from writing on standard error, and FFmpeg from opening anything but video.

    Failures are reported by SourceError. Options that the user set for FFmpeg stay.
    """
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    options = os.environ.get(_OPTIONS) or _USUAL
    if "format_whitelist;" not in options:
        os.environ[_OPTIONS] = f"{options}|format_whitelist;{','.join(_FORMATS)}"
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
