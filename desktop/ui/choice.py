"""A box to choose one of a few words, drawn flat like the text boxes beside it; a style sheet alone would lose its arrow."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from desktop.ui.signs import draw_chevron
from desktop.ui.style import set_role
from desktop.ui.theme import Theme

_AROUND = 46  # pixels beside the words: edges and arrow


class Choice(QComboBox):
    """A combo box with the arrow of the trees."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "choice")

    def set_theme(self, theme: Theme) -> None:
        """Changes the colour of the arrow."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the box, as much of the chosen words as there is room for, then the arrow."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - _AROUND
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        draw_chevron(painter, QPointF(self.width() - 13, self.height() / 2), self._theme, opened=True)
        painter.end()
