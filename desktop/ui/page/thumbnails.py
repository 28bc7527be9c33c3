"""Small pictures of all pages beside the view: where one is, and the way to any page.

They are the previews that the view itself shows while a page is not sharp yet: asked for after everything in view, painted from
the same cache, so that a strip of 500 pages costs the pictures of those few that it shows.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.rendering.protocol import preview_key, turned
from desktop.ui.page.painting import DIM
from desktop.ui.page.sheet import Sheet
from desktop.ui.theme import Theme

_WIDTH = 104  # logical pixels
_GAP, _CAPTION = 12, 20


class Thumbnails(QAbstractScrollArea):
    """The strip of a sheet's pages. A click or the arrow keys lead the sheet to a page."""

    def __init__(self, sheet: Sheet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._theme = theme
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._tops: list[int] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(_WIDTH + 2 * _GAP + 14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("页面缩略图")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalScrollBar().valueChanged.connect(self._ask)
        sheet.page_changed.connect(self._follow)
        sheet.arrived.connect(self._arrived)
        sheet.arranged.connect(self._lay_out)

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.viewport().update()

    def setVisible(self, visible: bool) -> None:
        """Ask for pictures only while the strip is shown."""
        super().setVisible(visible)
        self._lay_out()

    def shown_pages(self) -> range:
        """The pages whose pictures are in view."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        seen = [
            n for n in range(len(self._tops)) if self._box(n + 1).bottom() + _CAPTION >= top and self._tops[n] <= top + height
        ]
        return range(seen[0] + 1, seen[-1] + 2) if seen else range(0)

    def box_on_screen(self, page: int) -> QRect:
        """Where the page's picture is in the viewport."""
        return self._box(page).translated(0, -self.verticalScrollBar().value())

    def _extent(self, size: tuple[float, float]) -> QSize:
        across, down = turned(size, self._sheet.arrangement.rotation)
        return QSize(_WIDTH, min(max(round(_WIDTH * down / across), 8), 3 * _WIDTH))

    def _lay_out(self) -> None:
        self._sizes = self._sheet.pages.sizes
        self._tops, top = [], _GAP
        for size in self._sizes:
            self._tops.append(top)
            top += self._extent(size).height() + _CAPTION + _GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(top - self.viewport().height(), 0))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(60)
        self._ask()

    def _box(self, page: int) -> QRect:
        size = self._extent(self._sizes[page - 1])
        return QRect(QPoint((self.viewport().width() - size.width()) // 2, self._tops[page - 1]), size)

    def _ask(self) -> None:
        wanted = tuple(self.shown_pages()) if self.isVisible() else ()
        if wanted != self._sheet.small_pages:
            self._sheet.small_pages = wanted
            self._sheet.ask()
        self.viewport().update()

    def _arrived(self, page: int) -> None:
        if page in self.shown_pages():
            self.viewport().update()

    def _follow(self, page: int, count: int) -> None:
        if len(self._sizes) != count or self._sizes != self._sheet.pages.sizes:
            self._lay_out()
        if 1 <= page <= len(self._tops):
            self._bring_in(page)
        self.viewport().update()

    def _bring_in(self, page: int) -> None:
        bar, box, height = self.verticalScrollBar(), self._box(page), self.viewport().height()
        if box.top() - _GAP < bar.value():
            bar.setValue(box.top() - _GAP)
        elif box.bottom() + _CAPTION > bar.value() + height:
            bar.setValue(box.bottom() + _CAPTION + _GAP - height)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """More or fewer pictures are in view."""
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the page that was clicked."""
        point = event.position().toPoint() + QPoint(0, self.verticalScrollBar().value())
        page = next((n for n in self.shown_pages() if self._box(n).adjusted(-_GAP, 0, _GAP, _CAPTION).contains(point)), 0)
        if page and event.button() == Qt.MouseButton.LeftButton:
            self._sheet.turn_to(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from page to page."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        page = self._sheet.current_page() + step
        if step and 1 <= page <= len(self._tops):
            self._sheet.turn_to(page)
        elif not step:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pictures in view, each with its number; the page being read is framed."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), QColor(self._theme.window))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for page in self.shown_pages():
                self._paint_page(painter, page)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        box, theme = self.box_on_screen(page), self._theme
        painter.fillRect(box, QColor("white"))
        key, cache = preview_key(page, self._sizes[page - 1], self._sheet.arrangement.rotation), self._sheet.renderer.cache
        picture = cache.get(key) or cache.stand_in(key)
        if picture is not None:
            painter.drawImage(
                box, QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
            )
        if theme.dark:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(box, DIM)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        current = page == self._sheet.current_page()
        painter.setPen(QPen(QColor(theme.accent if current else theme.line), 2 if current else 1))
        painter.drawRect(box.adjusted(-1, -1, 0, 0))
        painter.setPen(QColor(theme.accent if current else theme.faint))
        caption = QRect(box.left(), box.bottom() + 3, box.width(), _CAPTION)
        painter.drawText(caption, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), str(page))
