"""Expressions in a video call, as class-wide trends: an aid and never a verdict."""

__version__ = "0.1.0"
