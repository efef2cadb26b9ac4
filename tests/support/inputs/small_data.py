"""A data folder of the real format in which the class is the brightness: learnt in a blink."""

import csv
from pathlib import Path

import cv2
import numpy as np

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.datasets.fer2013 import SPLITS, Split, load_split


def small_data(folder: Path, faces: int = 96) -> Path:
    """The folder, with `faces` faces a split."""
    rng = np.random.default_rng(3)
    columns = [f"votes_{name}" for name in ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear")]
    by_label = ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"]
    with (folder / "labels.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        others = ["votes_contempt", "votes_unknown", "votes_nf"]
        writer.writerow(["row", "split", "cell", "label", "identical_in_training", *columns, *others])
        for split in SPLITS:
            sheet = np.zeros((-(-faces // 64) * 48, 64 * 48), np.uint8)
            for cell in range(faces):
                label = cell % 7
                picture = np.clip(rng.normal(30 + 32 * label, 12, (48, 48)), 0, 255)
                y, x = cell // 64 * 48, cell % 64 * 48
                sheet[y : y + 48, x : x + 48] = picture
                votes = [8 if name == f"votes_{by_label[label]}" else 0 for name in columns]
                writer.writerow([cell, split, cell, label, 0, *votes, 1, 1, 0])
            cv2.imwrite(str(folder / f"{split}.png"), sheet)
    return folder


def as_folders(split: Split, folder: Path) -> Path:
    """The folder, now with a subfolder a class that holds the split's pictures."""
    for row, (image, label) in enumerate(zip(split.images, split.labels, strict=True)):
        subfolder = folder / EXPRESSIONS[label]
        subfolder.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(subfolder / f"{row:05d}.png"), image)
    return folder


def small_folders(sheets: Path, folder: Path) -> Path:
    """The folder, with those faces of the sheets that Kaggle's folders hold."""
    as_folders(load_split(sheets, "training"), folder / "train")
    as_folders(load_split(sheets, "public_test"), folder / "test")
    return folder


def small_csv(sheets: Path, file: Path, header: str = "emotion,pixels,Usage") -> Path:
    """The file, with the sheets' faces as Kaggle lists them."""
    lines = [header]
    for name, usage in zip(SPLITS, ("Training", "PublicTest", "PrivateTest"), strict=True):
        split = load_split(sheets, name)
        columns = [column.strip().casefold() for column in header.split(",")]
        for image, label in zip(split.images, split.labels, strict=True):
            cells = {"emotion": str(label), "pixels": " ".join(map(str, image.ravel())), "usage": usage}
            lines.append(",".join(cells[column] for column in columns))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
