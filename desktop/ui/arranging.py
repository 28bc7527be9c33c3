"""How a document's pages were left, between the settings and the page view."""

from __future__ import annotations

from desktop.settings import OpenDocument
from desktop.ui.page.layout import Arrangement, Fit


def arrangement(document: OpenDocument | None) -> Arrangement:
    """How the pages of a document were left; what cannot be read stands for the usual."""
    if document is None:
        return Arrangement()
    fit = {"width": Fit.WIDTH, "page": Fit.PAGE}.get(document.zoom, Fit.NONE)
    zoom = int(document.zoom) / 100 if document.zoom.isdecimal() else 1.0
    rotation = document.rotation if document.rotation in (90, 180, 270) else 0
    return Arrangement(zoom, fit, rotation, 2 if document.flow == "two" else 1, document.flow == "single")


def described(shown: Arrangement) -> tuple[str, int, str]:
    """Zoom, rotation and flow as `OpenDocument` keeps them."""
    zoom = {Fit.WIDTH: "width", Fit.PAGE: "page"}.get(shown.fit, str(round(shown.zoom * 100)))
    return zoom, shown.rotation, "single" if shown.single else "two" if shown.columns == 2 else "continuous"
