"""The reading view: a document as large, real text with its marks."""

from desktop.ui.reading.view import ReadingView

__all__ = ["ReadingView"]
