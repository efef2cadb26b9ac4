"""Where things are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
MODELS = ROOT / "models"
SHARED = ROOT.parent / "shared" / "data"
