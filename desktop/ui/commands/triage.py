"""分拣: goes through the untagged items of the open issue; each decision is stored at once and undoable, as anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from desktop.archive import sifting, suggesting, tagging
from desktop.fields.suggest import Suggestion
from desktop.ui.actions import FIELD_ORDER
from desktop.ui.commands.fields import suggestion_view
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.jobs import Jobs, Latest
from desktop.ui.triage import TriageBar
from desktop.ui.values import ItemView, SuggestionView


class TriageCommands(QObject):
    """The triage mode: which item is up, which were skipped, and what each key does."""

    def __init__(self, desk: Desk, bar: TriageBar, reading: ReadingCommands, jobs: Jobs) -> None:
        super().__init__(bar)
        self._desk = desk
        self._bar = bar
        self._reading = reading
        self._jobs = jobs
        self._latest = Latest()
        self._issue = 0
        self._item = 0
        self._seen: list[int] = []
        self._suggestions: tuple[SuggestionView, ...] = ()
        bar.accepted.connect(lambda: self._accept(self._suggestions[:1]))
        bar.accepted_all.connect(lambda: self._accept(self._suggestions))
        bar.refused.connect(self._refuse)
        bar.skipped.connect(self._advance)
        bar.stepped_back.connect(self._step_back)
        bar.field_chosen.connect(self._choose)
        bar.left.connect(self.leave)
        desk.document_changed.connect(self._document_changed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"field.triage": self.start}

    def start(self) -> None:
        """Begin at the item in view, or leave when the mode is on."""
        if self._bar.isVisible():
            self.leave()
        elif self._desk.document is None:
            self._desk.said.emit("请先打开一期，再开始分拣。")
        else:
            self._issue, self._item, self._seen = self._desk.document.issue, 0, []
            here = self._desk.item_id
            waiting = [item.id for item in self._waiting()]
            self._show(here if here in waiting else next(iter(waiting), 0))

    def leave(self) -> None:
        """End the mode; the view keeps its place and gets the keyboard back."""
        self._latest.take()
        self._bar.hide()
        self._reading.take_keyboard()
        self._issue = self._item = 0
        self._desk.said.emit("分拣已结束。")

    def _document_changed(self, document: object) -> None:
        shown = self._desk.document
        if self._bar.isVisible() and (document is None or shown is None or shown.issue != self._issue):
            self.leave()

    def _waiting(self) -> list[ItemView]:
        """The items of the issue on which no field stands yet, in printed order."""
        if self._desk.document is None:
            return []
        untagged = set(sifting.untagged(self._desk.library, self._desk.document.issue))
        return [item for item in self._desk.document.items if item.id in untagged]

    def _advance(self) -> None:
        """To the next untagged item that was not shown yet; behind the last one the round is over."""
        if self._item:
            following = [item.id for item in self._waiting() if item.id not in self._seen]
            self._show(next((item for item in following if item > self._item), next(iter(following), 0)))

    def _step_back(self) -> None:
        if len(self._seen) > 1:
            self._seen.pop()
            self._show(self._seen.pop())

    def _show(self, item_id: int) -> None:
        item, waiting = self._desk.item(item_id), self._waiting()
        self._item, self._suggestions = item_id, ()
        ticket = self._latest.take()
        if item is None:
            left = len(waiting)
            self._bar.show_end(f"本期还有 {left} 条未标，已全部看过。" if left else "本期各条都已标注领域。")
            return
        self._seen.append(item_id)
        self._reading.go_to(self._issue, item_id, 0)
        total = len(self._desk.document.items) if self._desk.document else 0
        self._bar.show_item(f"分拣　第 {item.ordinal} 条，共 {total} 条　还有 {len(waiting)} 条未标", item.title)
        library = self._desk.library

        def done(found: list[Suggestion]) -> None:
            if self._latest.holds(ticket):
                self._offer(tuple(map(suggestion_view, found)))

        self._jobs.run("suggestions", lambda: suggesting.suggest(library, item_id), done)

    def _offer(self, suggestions: tuple[SuggestionView, ...]) -> None:
        self._suggestions = suggestions
        self._bar.show_suggestions(suggestions)

    def _accept(self, suggestions: Sequence[SuggestionView]) -> None:
        def work() -> None:
            for one in suggestions:
                tagging.tag(self._desk.library, item, one.field, one.subfield)

        item = self._item
        if item and suggestions and self._desk.attempt(work):
            self._advance()

    def _choose(self, number: int) -> None:
        field = FIELD_ORDER[number - 1] if number else "综合"
        if self._item and self._desk.attempt(lambda: tagging.tag(self._desk.library, self._item, field)):
            self._advance()

    def _refuse(self) -> None:
        """The next suggestion takes the place of the refused one; where there is none, the reader names a field or skips."""
        if self._item and self._suggestions:
            field = self._suggestions[0].field
            if self._desk.attempt(lambda: tagging.refuse(self._desk.library, self._item, field)):
                self._offer(self._suggestions[1:])
