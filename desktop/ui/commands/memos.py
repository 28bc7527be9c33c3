"""摘编: the memo that is open, its basket, and what is put into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from desktop.archive import catalogue, composing
from desktop.archive.composing import Choice
from desktop.archive.excerpting import QUOTABLE, printed_marker
from desktop.archive.grouping import plan_order
from desktop.settings import Settings
from desktop.ui.commands.marking import MarkingCommands
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_title
from desktop.ui.mark_bar import MarkBar
from desktop.ui.memo_panel import MemoPanel
from desktop.ui.memo_panel.adding import AddDialog, PassagesDialog
from desktop.ui.theme import Theme
from desktop.ui.values import EntryView

_NAMES = {
    "new": ("新建摘编", "新的摘编叫什么："),
    "rename": ("摘编改名", "改为："),
    "duplicate": ("复制摘编", "复制出来的叫什么："),
}


class MemoCommands(QObject):
    """Keeps which memo is open, shows its basket, and adds to it what the reader has at hand."""

    opened = Signal()  # another memo is open, or there is something new in this one

    def __init__(
        self, desk: Desk, panel: MemoPanel, bar: MarkBar, reading: ReadingCommands, marking: MarkingCommands,
        settings: Settings, window: QWidget, theme: Callable[[], Theme], found_items: Callable[[], list[int]],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._panel, self._reading, self._marking = desk, panel, reading, marking
        self._settings, self._window, self._theme, self._found_items = settings, window, theme, found_items
        bar.memo_requested.connect(self.add)
        panel.moved.connect(lambda uid, position: desk.attempt(lambda: composing.move(desk.library, uid, position)))
        panel.removed.connect(lambda uid: desk.attempt(lambda: composing.remove(desk.library, uid)))
        panel.remark_changed.connect(lambda uid, text: desk.attempt(lambda: composing.set_comment(desk.library, uid, text)))
        panel.passages_requested.connect(self._choose_passages)
        panel.options_changed.connect(self.set_options)
        panel.entry_chosen.connect(self.go_to)
        panel.memo_chosen.connect(self.open)
        panel.project_requested.connect(self._project)
        panel.add_requested.connect(self.add_by_field)
        desk.memo_changed.connect(self.show_basket)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {
            "memo.add": self.add, "memo.add_chosen": self.add_by_field, "memo.add_hits": self.add_hits,
            "memo.new": partial(self._project, "new"), "memo.where": self.show_memos_of_item,
        }  # fmt: skip

    # Which memo

    def current(self) -> str:
        """The uid of the memo that is open: the one chosen last, while it exists."""
        library = self._desk.library
        known = {memo.uid for memo in composing.memos(library)}
        return self._settings.memo if self._settings.memo in known else composing.current(library).uid

    def open(self, uid: str) -> None:
        """Open another memo."""
        self._settings.memo = uid
        self.show_basket()

    def _project(self, what: str) -> None:
        self._panel.tell_all()
        if what == "delete":
            self._delete()
            return
        title, question = _NAMES[what]
        name = composing.memo_record(self._desk.library, self.current()).name
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(question)
        dialog.setTextValue({"new": "", "rename": name, "duplicate": f"{name}（副本）"}[what])
        dialog.setOkButtonText("确定")
        dialog.setCancelButtonText("取消")
        dialog.textValueSelected.connect(lambda text: self._named(what, text.strip()))
        dialog.open()

    def _named(self, what: str, name: str) -> None:
        library, uid = self._desk.library, self.current()
        if not name:
            self._desk.said.emit("没有名字，未作改动。")
        elif what == "rename":
            self._desk.attempt(lambda: composing.set_options(library, uid, name=name))
        elif what == "new":
            self._desk.attempt(lambda: self.open(composing.create(library, name).uid))
        else:
            self._desk.attempt(lambda: self.open(composing.duplicate(library, uid, name).uid))

    def _delete(self) -> None:
        """Deleting can be undone, so it is not asked for twice."""
        library, uid = self._desk.library, self.current()
        name = composing.memo_record(library, uid).name
        if self._desk.attempt(lambda: composing.delete(library, uid)):
            self._desk.said.emit(f"已删除摘编“{name}”，可用撤销找回。")

    # The basket

    def show_basket(self) -> None:
        """Fill the panel from the memo that is open."""
        library, uid = self._desk.library, self.current()
        entries = []
        for entry, issue, excerpt in composing.basket(library, uid):
            source = issue_title(issue)
            whole, text = entry.point is None and entry.mark is None, "\n".join(excerpt.paragraphs)
            entries.append(EntryView(entry.uid, excerpt.title, source, text, excerpt.partial, entry.comment, whole))
        self._panel.set_memos([(memo.uid, memo.name) for memo in composing.memos(library)], uid)
        self._panel.set_entries(tuple(entries))
        self._panel.set_options(composing.options(library, uid))
        self.opened.emit()

    def count(self) -> int:
        """How many excerpts are in the basket that is open."""
        return len(composing.entries(self._desk.library, self.current()))

    def set_options(self, options: dict[str, str]) -> None:
        """Store settings of the memo that is open; the unit is also proposed for the next one."""
        library = self._desk.library
        self._desk.attempt(lambda: composing.set_options(library, self.current(), **options))
        self._settings.unit = options.get("unit") or self._settings.unit

    def add(self) -> None:
        """Put the chosen mark, the selection, the current point or the current item into the basket."""
        desk = self._desk
        mark, item = self._marking.mark_selection(), desk.item()
        if not (mark or item):
            desk.said.emit("请先打开一期，选中要摘编的内容。")
            return

        def work() -> None:
            before = self.count()
            if mark:
                composing.add(desk.library, self.current(), mark.item, mark=mark.uid)
            elif item:
                composing.add(desk.library, self.current(), item.id, point=desk.point)
            desk.said.emit("已加入摘编篮。" if self.count() > before else "已在摘编篮里。")

        desk.attempt(work)

    def add_by_field(self) -> None:
        """Ask for field, period and level, and put everything of that into the basket."""
        library = self._desk.library
        dates = [issue.date for issue in catalogue.issues(library)]

        def choice(asked: tuple[str, str, str, str, bool]) -> Choice:
            field, first, last, level, marks = asked
            return Choice((field,) if field else (), first or None, last or None, marks, level=level)

        dialog = AddDialog(
            plan_order(library.vocabulary),
            dates,
            lambda asked: composing.count(library, choice(asked)),
            self._theme(),
            self._window,
        )
        dialog.chosen.connect(lambda *asked: self._add_all(lambda memo: composing.add_chosen(library, memo, choice(asked))))
        dialog.open()

    def add_hits(self) -> None:
        """Put the items of the present search results into the basket."""
        items = self._found_items()
        if items:
            self._add_all(lambda memo: composing.add_items(self._desk.library, memo, items))
        else:
            self._desk.said.emit("没有可以加入摘编的检索结果，请先在全库检索中检索。")

    def _add_all(self, work: Callable[[str], int]) -> None:
        added: list[int] = []
        if self._desk.attempt(lambda: added.append(work(self.current()))):
            self._desk.said.emit(f"已加入 {added[0]} 条。" if added[0] else "这些都已在摘编里。")

    def _choose_passages(self, uid: str) -> None:
        library = self._desk.library
        entry = next((one for one in composing.entries(library, self.current()) if one.uid == uid), None)
        if entry is None:
            return
        item = catalogue.item(library, entry.item)
        kept = composing.entry_excerpt(library, entry).paragraphs
        rows = [
            (at, printed_marker(one) + one.text, all(line in kept for line in (printed_marker(one) + one.text).split("\n")))
            for at, one in enumerate(catalogue.passages(item))
            if one.kind in QUOTABLE and one.text
        ]
        dialog = PassagesDialog(item.title, rows, self._window)
        dialog.chosen.connect(lambda places: self._desk.attempt(lambda: composing.shorten(library, uid, places)))
        dialog.open()

    def go_to(self, uid: str) -> None:
        """Show an excerpt of the basket in its issue."""
        library = self._desk.library
        entry = next((one for one in composing.entries(library, self.current()) if one.uid == uid), None)
        if entry:
            self._reading.go_to(catalogue.item(library, entry.item).issue, entry.item, composing.entry_start(library, entry))

    def show_memos_of_item(self) -> None:
        """In which memos the current item is quoted; one that is chosen is opened."""
        item = self._desk.item()
        if item is None:
            self._desk.said.emit("请先打开一期，选中一条。")
            return
        found = composing.memos_of_item(self._desk.library, item.id)
        if not found:
            self._desk.said.emit("这一条还没有用在任何摘编里。")
            return
        menu = QMenu(self._window)
        for memo in found:
            menu.addAction(memo.name, partial(self.open, memo.uid))
        menu.popup(QCursor.pos() if self._window.rect().contains(self._window.mapFromGlobal(QCursor.pos())) else
                   self._window.mapToGlobal(QPoint(200, 120)))  # fmt: skip
