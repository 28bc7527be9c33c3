"""The fonts of the preview: the families that the PDF writer would choose, measured and drawn by Qt."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from desktop.memo.layout import Profile
from desktop.memo.standins import KINDS_OF_TYPE, stand_in

_MEASURED = 200  # pixels: large enough that rounding does not matter


class ScreenFaces:
    """Measures and hands out fonts by kind of type. Widths are kept, so that a page set again costs little."""

    def __init__(self, profile: Profile) -> None:
        present = set(QFontDatabase.families())
        self.profile = profile
        self._fonts = {kind: self._font(stand_in(kind, profile, present)) for kind in KINDS_OF_TYPE}
        self._metrics = {kind: QFontMetricsF(font) for kind, font in self._fonts.items()}
        self._widths: dict[tuple[str, str], float] = {}

    def _font(self, family: str) -> QFont:
        font = QFont(family) if family else QFont()
        font.setPixelSize(_MEASURED)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def width(self, kind: str, text: str, size: float) -> float:
        """The width of a text in points."""
        widths, total = self._widths, 0.0
        for char in text:
            key = (kind, char)
            if key not in widths:
                widths[key] = self._metrics[kind].horizontalAdvance(char) / _MEASURED
            total += widths[key]
        return total * size

    def font(self, kind: str, size: float) -> QFont:
        """The font to draw with at a size in pixels."""
        font = QFont(self._fonts[kind])
        font.setPixelSize(max(1, round(size)))
        return font
