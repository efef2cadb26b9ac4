"""The report as PDF: one page A4, whatever it has to say."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from fer_desktop.core.errors import StoreError
from fer_desktop.core.report_page import ReportPage
from fer_desktop.ui.report.language import with_language
from fer_desktop.ui.report.paper import DPI, Paper
from fer_desktop.ui.report.sheet import Sheet

_CREATOR: Final = "FER Desktop"
_SCALES: Final = (1.0, 0.95, 0.9, 0.85, 0.8)  # of the type: as large as all that must be said has room with


@dataclass(frozen=True, slots=True)
class _Kept:
    buffer: QBuffer
    writer: QPdfWriter


def as_pdf(page: ReportPage) -> bytes:
    """The report on a page A4. Raises StoreError where it cannot be painted. Qt must run, in any thread."""
    kept = _writer(page)
    sheet = next((sheet for scale in _SCALES if (sheet := Sheet(Paper(kept.writer, scale), page)).fits), None)
    sheet = sheet or Sheet(Paper(kept.writer, _SCALES[-1]), page)
    painter = QPainter()
    if not painter.begin(kept.writer):
        raise StoreError("The report could not be painted: save it as a web page, and print that.")
    try:
        sheet.paint(painter)
    finally:
        painter.end()
    return with_language(bytes(kept.buffer.data().data()), page.language)


def _writer(page: ReportPage) -> _Kept:
    """Into memory, since Qt does not tell where a disk is full."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    # Fonts within the file, no transparency, and what it is: it can be kept for years.
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setTitle(", ".join(filter(None, (page.title, page.class_name, page.when))))
    writer.setCreator(_CREATOR)
    writer.setResolution(DPI)
    none = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, none))
    return _Kept(buffer, writer)
