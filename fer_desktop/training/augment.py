"""What a face goes through between a classroom and a thumbnail: varied framing, light, and lost detail.

One face at a time with OpenCV: Keras has no layers for JPEG compression and downsampling, and would resample a face
once for each change of framing. What is done to whole batches is in `mixing`.
"""

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]  # (H, W) grey


def augment(
    image: Picture, rng: np.random.Generator, degradation_probability: float = 0.35, erasing_probability: float = 0.33
) -> Picture:
    """The picture as another camera, framing, light and connection might have shown it; same size.

    The probabilities are those of losing detail, and of losing a rectangle (random erasing, Zhong et al. 2020).
    """
    picture = _reframed(image, rng)
    if rng.random() < 0.4:
        picture = _relit(picture, rng)
    if rng.random() < degradation_probability:
        picture = _degraded(picture, rng)
    if rng.random() < erasing_probability:
        picture = _erased(picture, rng)
    return picture


def _reframed(image: Picture, rng: np.random.Generator) -> Picture:
    side = image.shape[0]
    angle, zoom = rng.uniform(-12, 12), rng.uniform(0.87, 1.18)
    matrix = cv2.getRotationMatrix2D(((side - 1) / 2, (side - 1) / 2), angle, zoom)
    if rng.random() < 0.5:  # a mirrored face shows the same expression
        matrix[:, 2] += matrix[:, 0] * (side - 1)
        matrix[:, 0] *= -1
    matrix[:, 2] += rng.uniform(-0.07, 0.07, 2) * side
    return np.asarray(
        cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _relit(image: Picture, rng: np.random.Generator) -> Picture:
    gain, shift, gamma = rng.uniform(0.7, 1.25), rng.uniform(-25, 25), rng.uniform(0.7, 1.4)
    levels = 255.0 * (np.arange(256) / 255.0) ** gamma * gain + shift
    return np.asarray(np.clip(levels, 0, 255).astype(np.uint8)[image])


def _degraded(image: Picture, rng: np.random.Generator) -> Picture:
    side = image.shape[0]
    small = int(rng.integers(16, side))
    picture = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        _, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 90))])
        picture = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE))
    return np.asarray(cv2.resize(picture, (side, side), interpolation=cv2.INTER_LINEAR), np.uint8)


def _erased(image: Picture, rng: np.random.Generator) -> Picture:
    # Not keras.layers.RandomErasing, which fills with noise or with one grey for all faces, and takes 50 times longer.
    side = image.shape[0]
    width, height = rng.integers(side // 8, side // 3, 2)
    x, y = rng.integers(0, side - width), rng.integers(0, side - height)
    picture = image.copy()
    picture[y : y + height, x : x + width] = rng.integers(0, 256)
    return picture
