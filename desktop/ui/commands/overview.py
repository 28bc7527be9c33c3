"""领域总览 and 建议未标: counting, the long look through the library, opening, tagging many, and writing the overview out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.archive import overview, sifting, tagging
from desktop.archive.overview import Overview
from desktop.archive.sifting import Waiting
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs, Latest
from desktop.ui.overview import OverviewWindow, WaitingWindow
from desktop.ui.overview.export import write
from desktop.ui.palette import FieldPalette
from desktop.ui.window import MainWindow


class OverviewCommands(QObject):
    """The two windows about fields over the whole library; each is made when it is first asked for."""

    _progressed = Signal(int, int, int)  # ticket, done, total

    def __init__(self, desk: Desk, window: MainWindow, reading: ReadingCommands, jobs: Jobs) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._reading = reading
        self._jobs = jobs
        self._overview: OverviewWindow | None = None
        self._waiting: WaitingWindow | None = None
        self._counted, self._sifted = Latest(), Latest()
        self._stop = Event()
        self._progressed.connect(self._show_progress)
        window.closing.connect(self._close)
        desk.tags_changed.connect(self._recount)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"field.overview": self.show_overview, "field.waiting": self.show_waiting}

    def show_overview(self) -> None:
        """Open the overview, or bring it to the front."""
        if self._overview is None:
            made = OverviewWindow(self._window.theme(), self._window)
            made.axis_chosen.connect(lambda _axis: self._recount())
            made.cell_chosen.connect(self._list_cell)
            made.item_opened.connect(self._open)
            made.tag_requested.connect(self._tag_many)
            made.export_requested.connect(self._export)
            self._window.theme_changed.connect(made.set_theme)
            self._overview = made
        self._overview.show()
        self._overview.raise_()
        self._recount()

    def show_waiting(self) -> None:
        """Open the list of suggestions not tagged, and look through the library anew."""
        if self._waiting is None:
            fields = [field.name for field in self._desk.library.vocabulary.all_fields]
            made = WaitingWindow(fields, self._window.theme(), self._window)
            made.search_requested.connect(self._sift)
            made.stop_requested.connect(lambda: self._stop.set())
            made.item_opened.connect(self._open)
            made.accepted_rows.connect(self._accept)
            made.refused_rows.connect(self._refuse)
            made.finished.connect(lambda _code: self._stop.set())
            self._window.theme_changed.connect(made.set_theme)
            self._waiting = made
        self._waiting.show()
        self._waiting.raise_()
        self._sift(self._waiting.field())

    def _close(self) -> None:
        self._stop.set()
        for window in (self._overview, self._waiting):
            if window is not None:
                window.close()

    # The overview

    def _recount(self) -> None:
        shown = self._overview
        if shown is None or not shown.isVisible():
            return
        library, axis, ticket = self._desk.library, shown.axis(), self._counted.take()

        def done(found: Overview) -> None:
            if self._counted.holds(ticket):
                shown.set_overview(found)

        self._jobs.run("quick", lambda: overview.count(library, axis), done)

    def _list_cell(self, row: str, column: str) -> None:
        shown = self._overview
        if shown is None or shown.overview is None:
            return
        columns = [column] if column else list(shown.overview.columns)
        ids = [item for one in columns for item in shown.overview.cell(row, one).items]
        items = overview.facts(self._desk.library, ids)
        shown.set_items(f"{row}　{column or '全部'}：{len(items)} 条", items)

    def _tag_many(self, ids: list[int]) -> None:
        vocabulary = self._desk.library.vocabulary
        palette = FieldPalette(
            f"把所选 {len(ids)} 条标注为", lambda typed: vocabulary.find(typed) if typed.strip() else list(vocabulary.choices()),
            frozenset(), self._window.theme(), self._overview or self._window,
        )  # fmt: skip
        palette.chosen.connect(lambda field, subfield: self._tag_all(ids, field, subfield))
        over = self._overview or self._window
        palette.move(over.mapToGlobal(over.rect().center()) - palette.rect().center())
        palette.show()

    def _tag_all(self, ids: list[int], field: str, subfield: str) -> None:
        def work() -> None:
            count = tagging.tag_all(self._desk.library, ids, field, subfield)
            self._desk.said.emit(f"已为 {count} 条标注：{field}")

        self._desk.attempt(work)

    def _export(self) -> None:
        shown = self._overview
        if shown is None or shown.overview is None:
            return
        counted, kinds = shown.overview, "图片 (*.png);;矢量图 (*.svg);;表格 (*.csv)"
        chosen, kind = QFileDialog.getSaveFileName(shown, "导出领域总览", str(Path.home() / "领域总览.png"), kinds)
        if chosen:
            file = Path(chosen)
            if not file.suffix and "*" in kind:
                file = file.with_suffix(kind[kind.index("*") + 1 : -1])
            if self._desk.attempt(lambda: write(file, counted, shown.table)):
                self._desk.said.emit(f"已导出 {file}。")

    # Suggested but not tagged

    def _sift(self, field: str) -> None:
        shown = self._waiting
        if shown is None:
            return
        self._stop.set()  # whatever is still being looked for
        stop = self._stop = Event()
        library, ticket = self._desk.library, self._sifted.take()
        shown.show_progress(0, 0)

        def work() -> list[Waiting]:
            return sifting.waiting(
                library,
                field=field,
                progress=lambda done, total: self._progressed.emit(ticket, done, total),
                cancelled=stop.is_set,
            )

        def done(found: list[Waiting]) -> None:
            if self._sifted.holds(ticket):
                shown.set_rows(found, complete=not stop.is_set())

        self._jobs.run("quick", work, done)

    def _show_progress(self, ticket: int, done: int, total: int) -> None:
        if self._waiting and self._sifted.holds(ticket):
            self._waiting.show_progress(done, total)

    def _accept(self, rows: list[Waiting]) -> None:
        by_tag: dict[tuple[str, str], list[int]] = {}
        for one in rows:
            by_tag.setdefault((one.field, one.subfield), []).append(one.item)

        def work() -> None:
            for (field, subfield), ids in by_tag.items():
                tagging.tag_all(self._desk.library, ids, field, subfield)
            self._desk.said.emit(f"已采纳 {len(rows)} 条建议。")

        if self._desk.attempt(work) and self._waiting:
            self._waiting.take_away(rows)

    def _refuse(self, rows: list[Waiting]) -> None:
        def work() -> None:
            for one in rows:
                tagging.refuse(self._desk.library, one.item, one.field)

        if self._desk.attempt(work) and self._waiting:
            self._waiting.take_away(rows)

    def _open(self, issue: int, item: int) -> None:
        self._reading.go_to(issue, item, 0)
        self._window.raise_()
        self._window.activateWindow()
