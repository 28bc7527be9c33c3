"""The main window: columns, menus, status line, restore and close. What happens in it is in `commands`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from desktop.settings import Session, Settings
from desktop.ui.style import apply_style, theme_of
from desktop.ui.theme import THEMES, Theme

if TYPE_CHECKING:  # the window is shown with its first page before these are loaded
    from desktop.ui.desk.desk import Desk
    from desktop.ui.document_pane import DocumentPane
    from desktop.ui.keymap import Keymap
    from desktop.ui.panels import Panels
    from desktop.ui.values import DocumentView

_MARGINS = (291, 96, 291, 25)  # around the page view in a window that was never closed yet


class MainWindow(QMainWindow):
    """Three columns: library and contents | document | item, marks, memo; search takes the place of the left one.

    It is made empty, may be shown with nothing but a page (`hold`), and becomes whole with `furnish`.
    """

    desk: Desk
    pane: DocumentPane
    panels: Panels

    files_dropped = Signal(list)  # list[Path]
    closing = Signal()
    theme_changed = Signal(object)  # Theme

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.keymap: Keymap | None = None
        self._page = (0, 0)
        self.setWindowTitle("要参阅读")
        self.resize(1280, 720)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))

    # --- building

    def hold(self, page: QWidget) -> None:
        """Carry nothing but the page view, where it will be when the rest has come."""
        self._wear_theme()
        holder = QWidget(self)
        layout = QVBoxLayout(holder)
        margins = self._settings.page_margins
        layout.setContentsMargins(*(margins if len(margins) == 4 else _MARGINS))
        layout.addWidget(page)
        self.setCentralWidget(holder)

    def furnish(self, desk: Desk, pane: DocumentPane, panels: Panels) -> None:
        """Put in what belongs to the window: the document's pane, the panels, the status line."""
        self.desk, self.pane, self.panels = desk, pane, panels
        self._build_columns()
        self._build_status()
        self._connect()
        self.setAcceptDrops(True)

    def _build_columns(self) -> None:
        panels = self.panels
        self._shelf = QSplitter(Qt.Orientation.Vertical)
        self._shelf.addWidget(panels.library)
        self._shelf.addWidget(panels.tree)
        self._shelf.setSizes([240, 420])
        self._left = QStackedWidget()
        self._left.addWidget(self._shelf)
        self._left.addWidget(panels.search)
        self._right = QTabWidget()
        self._right.setDocumentMode(True)
        for panel, name in ((panels.item, "本条"), (panels.marks, "标注"), (panels.memo, "摘编")):
            self._right.addTab(panel, name)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.pane)
        self._middle.addWidget(panels.preview)
        for column in (self._left, self._middle, self._right):
            self._columns.addWidget(column)
        self._columns.setStretchFactor(1, 1)
        self._columns.setSizes([290, 700, 290])
        self._columns.setChildrenCollapsible(False)
        self.setCentralWidget(self._columns)

    def _build_status(self) -> None:
        self._facts = QLabel()
        self._saved = QLabel("已保存")
        self._basket = QLabel()
        self.statusBar().addWidget(self._facts, 1)  # gives way to what is said for a moment
        for label in (self._saved, self._basket):
            self.statusBar().addPermanentWidget(label)
        self.statusBar().setSizeGripEnabled(False)

    def set_keymap(self, keymap: Keymap, page_box: QWidget) -> None:
        """Take the actions over into menus and tool bar."""
        self.keymap = keymap
        keymap.fill_menus(self.menuBar())
        bar = QToolBar("工具栏", self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # Qt's own hides the bar, and nothing brings it back
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._zoom = QLabel()
        self._zoom.setMinimumWidth(48)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setAccessibleName("显示比例")
        self._of_the_document = (self._zoom, page_box)
        keymap.fill_toolbar(bar, {"zoom": self._zoom, "page": page_box})
        self.pane.page.zoom_changed.connect(lambda _zoom: self._show_zoom())
        self.pane.reading.type_changed.connect(lambda _px: self._show_zoom())
        self.addToolBar(bar)
        keymap.check("view.left")
        keymap.check("view.right")
        self.desk.tell_history()

    def _connect(self) -> None:
        desk = self.desk
        desk.said.connect(lambda text: self.statusBar().showMessage(text, 6000))
        desk.failed.connect(self.warn)
        desk.saved.connect(lambda clock: self._saved.setText(f"已保存 {clock}"))
        desk.history_changed.connect(self._show_history)
        desk.document_changed.connect(self._show_document)
        desk.items_changed.connect(lambda _document: self._show_facts())
        desk.item_changed.connect(lambda _item: self._show_facts())
        desk.marks_changed.connect(lambda _marks: self._show_facts())
        self.pane.view_changed.connect(self._show_view)
        self.pane.page.page_changed.connect(self._page_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self.apply_theme())

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the window itself does for the action table."""
        themes: dict[str, Callable[[], object]] = {f"theme.{name}": partial(self.set_theme, name) for name in ("system", *THEMES)}
        return {
            **themes, "file.quit": self.close, "view.full": self._toggle_full,
            "view.left": lambda: self._left.setVisible(not self._left.isVisible()),
            "view.right": lambda: self._right.setVisible(not self._right.isVisible()),
        }  # fmt: skip

    # --- looks

    def theme(self) -> Theme:
        """The theme in force; 跟随系统 asks the desktop."""
        return theme_of(self._settings.theme)

    def set_theme(self, name: str) -> None:
        """Choose light, dark, high contrast, or what the system says."""
        self._settings.theme = name
        self.apply_theme()

    def apply_theme(self) -> None:
        """Hand the theme to the style sheet and to the widgets that paint themselves."""
        theme = self._wear_theme()
        for widget in (self.pane.page, self.pane.thumbnails, self.pane.reading, *self.panels.all()):
            widget.set_theme(theme)
        self.theme_changed.emit(theme)
        if self.keymap:
            self.keymap.check(f"theme.{self._settings.theme}")

    def _wear_theme(self) -> Theme:
        theme, app = self.theme(), QApplication.instance()
        if isinstance(app, QApplication):
            apply_style(app, theme)
        return theme

    def reveal_search(self, shown: bool) -> None:
        """Search in place of library and contents, or back."""
        self._left.setVisible(True)
        self._left.setCurrentIndex(1 if shown else 0)

    def reveal_preview(self, shown: bool) -> None:
        """The preview of the memo in place of the document, or back; with it the panel that belongs to it."""
        was = self.preview_shown()
        self._middle.setCurrentIndex(1 if shown else 0)
        if shown:
            self.reveal_panel(self.panels.memo)
        for widget in self._of_the_document if shown != was else ():
            widget.setEnabled(not shown)
        self._show_zoom()
        if was and not shown:
            self.pane.view_changed.emit(self.pane.view)  # the fields of the document are filled anew

    def preview_shown(self) -> bool:
        """Whether the preview is in front."""
        return self._middle.currentIndex() == 1

    def reveal_panel(self, panel: QWidget) -> None:
        """Bring one of the right-hand panels to the front."""
        self._right.setVisible(True)
        self._right.setCurrentWidget(panel)

    def _toggle_full(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # --- showing

    def warn(self, sentence: str) -> None:
        """A refusal the reader must see; not modal, so that work can go on."""
        box = QMessageBox(QMessageBox.Icon.Warning, "要参阅读", sentence, QMessageBox.StandardButton.Ok, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setModal(False)
        box.show()

    def inform(self, title: str, text: str, more: str = "") -> None:
        """Something the reader asked to see; not modal."""
        box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.Close, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(more)
        box.setModal(False)
        box.show()

    def _show_history(self, undo: str, redo: str) -> None:
        if self.keymap:
            for name, word, what in (("edit.undo", "撤销", undo), ("edit.redo", "重做", redo)):
                self.keymap.actions[name].setText(f"{word} {what}" if what else word)
                self.keymap.actions[name].setEnabled(bool(what))

    def _show_document(self, document: DocumentView | None) -> None:
        self.setWindowTitle(f"要参阅读 — {document.title}" if document else "要参阅读")
        if self.keymap:
            for name in ("view.page", "view.both"):
                self.keymap.actions[name].setEnabled(document is not None and document.is_pdf)
            for name in self.keymap.for_documents:
                self.keymap.actions[name].setEnabled(document is not None)
        self._show_facts()

    def _show_view(self, view: str) -> None:
        if self.keymap:
            self.keymap.check(f"view.{view}")
        self._show_zoom()
        self._show_facts()

    def _show_zoom(self) -> None:
        if self.preview_shown():
            self._zoom.clear()
            return
        reading = self.pane.leading() is self.pane.reading
        self._zoom.setText(f"{self._settings.reading_px}px" if reading else f"{self.pane.page.zoom:.0%}")

    def _show_facts(self) -> None:
        document, item = self.desk.document, self.desk.item()
        if document is None:
            self._facts.clear()
            return
        facts = []
        if self.pane.view != "reading" and self._page[1]:
            facts.append(f"第{self._page[0]}页/共{self._page[1]}页")
        if item:
            facts.append(f"条 {item.ordinal}/{len(document.items)}")
        facts.append(f"划线 {len(self.desk.marks)}")
        facts.append(f"批注 {sum(bool(mark.note) for mark in self.desk.marks)}")
        if document.doubts:
            facts.append(f"待核 {len(document.doubts)} 处")
        self._facts.setToolTip("\n".join(document.doubts))
        self._facts.setText(" · ".join(facts))

    def _page_changed(self, page: int, pages: int) -> None:
        self._page = (page, pages)
        self._show_facts()

    def show_basket_count(self, count: int) -> None:
        """摘编篮 N 条 in the status line."""
        self._basket.setText(f"摘编篮 {count} 条")

    # --- restore and close

    def restore(self) -> None:
        """The columns as they were."""
        if len(self._settings.columns) == 3:
            self._columns.setSizes(self._settings.columns)
        if len(self._settings.side_rows) == 2:
            self._shelf.setSizes(self._settings.side_rows)

    def remember(self) -> Session:
        """Write geometry and columns into the settings; the session of open documents is returned."""
        self._settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._settings.columns = self._columns.sizes()
        self._settings.side_rows = self._shelf.sizes()
        page = self.pane.page
        if page.isVisible():
            box = QRect(page.mapTo(self, QPoint(0, 0)), page.size())
            self._settings.page_margins = [
                box.left(),
                box.top(),
                self.width() - box.right() - 1,
                self.height() - box.bottom() - 1,
            ]
        return Session(list(self.pane.documents), self.pane.current_index, self._right.currentIndex(), list(self.pane.closed))

    def show_side(self, index: int) -> None:
        """The right-hand panel that was in front."""
        self._right.setCurrentIndex(index)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is still being typed is saved, as all else is already; the place and the looks are written."""
        typing = QApplication.focusWidget()
        if typing is not None:
            typing.clearFocus()  # notes and titles are stored when they are left
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing else took leaves the search."""
        if event.key() == Qt.Key.Key_Escape and self._left.currentIndex() == 1:
            self.panels.search.closed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere in the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files and folders are opened."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        QTimer.singleShot(0, lambda: self.files_dropped.emit(paths))
