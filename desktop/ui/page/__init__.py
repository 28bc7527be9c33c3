"""The printed page: the PDF as it is, with selection and marks on top. `PageView` is the widget; the rest are its parts."""

from __future__ import annotations

from desktop.ui.page.layout import Arrangement, Fit
from desktop.ui.page.thumbnails import Thumbnails
from desktop.ui.page.view import PageView

__all__ = ["Arrangement", "Fit", "PageView", "Thumbnails"]
