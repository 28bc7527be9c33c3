"""修订对照: shows what a further file of an issue changed, leads to each place, and lets the reader settle what was lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.records import IssueRecord, MarkRecord
from desktop.archive import catalogue, marking
from desktop.bulletin.folding import fold
from desktop.errors import NotFound
from desktop.ui.clock import local_time
from desktop.ui.commands.marking import MarkingCommands
from desktop.ui.commands.passwords import PasswordCommands
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_title
from desktop.ui.jobs import Jobs
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.archive.comparing import CarriedMark, Revision
    from desktop.ui.revisions import MarkRow, RevisionWindow

_KINDS = {"pdf": "PDF，有版面", "txt": "文本"}


class RevisionCommands(QObject):
    """The window is made when it is first asked for, and kept in step with the library while it is shown."""

    def __init__(
        self,
        desk: Desk,
        reading: ReadingCommands,
        marks: MarkingCommands,
        jobs: Jobs,
        window: MainWindow,
        passwords: PasswordCommands,
    ) -> None:
        super().__init__(window)
        self._passwords = passwords
        self._desk, self._reading, self._marking = desk, reading, marks
        self._jobs, self._window = jobs, window
        self._shown: RevisionWindow | None = None
        self._issue = 0
        self._made: list[Revision] = []
        self._at = 0
        desk.issues_changed.connect(self._renew)
        window.closing.connect(lambda: self._shown.close() if self._shown else None)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"file.revisions": self._show_current}

    def _show_current(self) -> None:
        if self._desk.document is None:
            self._desk.said.emit("请先打开一期。")
        else:
            self.show(self._desk.document.issue)

    def show(self, issue: int) -> None:
        """Open the window for an issue, at its latest comparison."""
        self._issue, self._at = issue, 0
        shown = self._shown or self._make()
        shown.show()
        shown.raise_()
        self._fill()
        if not self._made:
            shown.show_files()
        else:
            shown.show_differences()

    def _make(self) -> RevisionWindow:
        from desktop.ui.revisions import RevisionWindow  # late: the first page needs none of it

        made = self._shown = RevisionWindow(self._window.theme(), self._window)
        made.comparison_chosen.connect(self._choose)
        made.mark_chosen.connect(self._go_to_mark)
        made.mark_placed.connect(self._place)
        made.mark_deleted.connect(self._delete)
        made.passage_chosen.connect(self._go_to_passage)
        made.file_chosen.connect(self._use)
        self._window.theme_changed.connect(made.set_theme)
        return made

    def _choose(self, at: int) -> None:
        self._at = max(at, 0)
        self._fill()

    def _renew(self) -> None:
        if not (self._shown and self._shown.isVisible()):
            return
        try:
            self._fill()
        except NotFound:  # the issue was removed
            self._shown.close()

    def _fill(self) -> None:
        from desktop.archive import revising  # late: it brings the reading of files
        from desktop.ui.revisions import FileRow

        if self._shown is None:
            return
        library = self._desk.library
        issue = catalogue.issue(library, self._issue)
        self._made = revising.comparisons(library, issue)
        files = revising.files(library, issue)
        names = {file.sha256: file.file_name for file in files}
        told = [f"{local_time(one.made_at)}　{names.get(one.former, '')} → {names.get(one.file, '')}" for one in self._made]
        rows = [FileRow(file.sha256, file.file_name, _KINDS.get(file.extension, ""), at == 0) for at, file in enumerate(files)]
        self._shown.set_issue(issue_title(issue), rows, told, self._at if told else -1)
        chosen = self._made[self._at] if self._at < len(self._made) else None
        present = {mark.uid: mark for mark in marking.marks(library, issue=issue.id)}
        self._shown.set_comparison(chosen, [_row(one, present.get(one.uid)) for one in chosen.marks] if chosen else [])

    # What the reader does

    def _go_to_mark(self, uid: str) -> None:
        mark = marking.mark(self._desk.library, uid)
        if mark.anchored:
            self._reading.go_to(self._issue, mark.item, mark.start, mark.end)
            self._desk.selected_mark = uid
        elif self._desk.selection is None:  # else the reader has the words for it already
            self._reading.go_to(self._issue, mark.item, 0)
            self._desk.said.emit("正文中已找不到这处划线的文字，已转到原来所在的条目。")

    def _place(self, uid: str) -> None:
        if self._desk.document is None or self._desk.document.issue != self._issue:
            self._open()
        self._marking.place(uid)

    def _delete(self, uid: str) -> None:
        if self._desk.attempt(lambda: marking.delete(self._desk.library, uid)):
            self._desk.said.emit("已删除标注，可用 Ctrl+Z 恢复，也在回收站中。")

    def _go_to_passage(self, change: int, passage: int) -> None:
        wanted = self._made[self._at].changes[change]
        items = catalogue.items(self._desk.library, self._issue)
        item = next((one for one in items if fold(one.title) == fold(wanted.title)), None)
        if item is not None:
            text = wanted.passages[passage].after if passage >= 0 else ""
            start = max(item.text.find(text), 0)
            self._reading.go_to(self._issue, item.id, start, start + len(text) if text else None)

    def _use(self, sha256: str) -> None:
        from desktop.archive import revising  # late: it brings the reading of files

        library = self._desk.library
        issue: IssueRecord = catalogue.issue(library, self._issue)
        self._desk.said.emit("正在换用另一份文件……")

        def done(revision: Revision) -> None:
            self._at = 0
            self._desk.said.emit(revision.sentence)
            self._open()
            self._renew()

        self._jobs.run(
            "background",
            lambda: revising.use_file(library, issue, sha256, ask=self._passwords.ask),
            done,
            lambda error: self._desk.failed.emit(str(error)),
        )

    def _open(self) -> None:
        self._reading.open_issue(self._issue)


def _row(carried: CarriedMark, mark: MarkRecord | None) -> MarkRow:
    """A mark of a comparison with what has become of it since."""
    from desktop.archive.comparing import FATES
    from desktop.ui.revisions import MarkRow

    lost = mark is not None and not mark.anchored
    settled = carried.fate == "lost" and not lost
    fate = "已删除" if mark is None else "失锚" if lost else "已重新定位" if settled else FATES[carried.fate]
    now = "" if mark is None or lost else mark.quote if settled else carried.now
    return MarkRow(carried.uid, fate, carried.title, carried.before, now, lost, mark is not None)
