"""Phrases that count something, in the user's language."""

from PySide6.QtCore import QObject


class Counts(QObject):
    """Phrases with their plural forms, of which Qt's tools for translators see those alone that a class tells by `tr`.

    English has its singular spelt out, since without a translation Qt puts a number into the text and no more.
    """

    def tiles(self, n: int) -> str:
        """ "1 tile", "23 tiles"."""
        return self.tr("1 tile") if n == 1 else self.tr("%n tiles", None, n)

    def tiles_and_faces(self, tiles: str, n: int) -> str:
        """ "25 tiles and 2 faces beside them"; the tiles alone where there is none."""
        if n == 0:
            return tiles
        if n == 1:
            return self.tr("{tiles} and 1 face beside them").format(tiles=tiles)
        return self.tr("{tiles} and %n faces beside them", None, n).format(tiles=tiles)

    def markers(self, n: int) -> str:
        """ "1 marker", "3 markers"."""
        return self.tr("1 marker") if n == 1 else self.tr("%n markers", None, n)

    def cameras_on(self, n: int) -> str:
        """ "1 camera on", "44 cameras on"."""
        return self.tr("1 camera on") if n == 1 else self.tr("%n cameras on", None, n)

    def left_out(self, n: int) -> str:
        """ "2 left out"."""
        return self.tr("%n left out", None, n)

    def without_face(self, n: int) -> str:
        """ "2 without a face"."""
        return self.tr("%n without a face", None, n)

    def here(self, n: int) -> str:
        """ "25 here"."""
        return self.tr("%n here", None, n)

    def have_left(self, n: int) -> str:
        """ "1 has left", "2 have left"."""
        return self.tr("1 has left") if n == 1 else self.tr("%n have left", None, n)

    def came_back(self, n: int) -> str:
        """ "1 came back"."""
        return self.tr("%n came back", None, n)

    def left_before(self, n: int) -> str:
        """ "Left once before"; empty where nobody did."""
        if n == 0:
            return ""
        if n == 1:
            return self.tr("Left once before")
        return self.tr("Left twice before") if n == 2 else self.tr("Left %n times before", None, n)

    def readable_of(self, readable: int, n: int) -> str:
        """ "31 of 42 cameras are read"."""
        if n == 1:
            return self.tr("{readable} of 1 camera is read").format(readable=readable)
        return self.tr("{readable} of %n cameras are read", None, n).format(readable=readable)

    def readable_faces(self, readable: int, n: int) -> str:
        """ "3 of 4 faces are read"."""
        if n == 1:
            return self.tr("{readable} of 1 face is read").format(readable=readable)
        return self.tr("{readable} of %n faces are read", None, n).format(readable=readable)

    def too_few(self, n: int, least: int) -> str:
        """ "3 are read: figures from 5 on"."""
        return self.tr("%n are read: figures from {least} on", None, n).format(least=least)
