"""重点领域 from keys, panel and suggestions: on the selection or the chosen mark, else on the current point or item."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from db.records import TagRecord
from desktop.archive import catalogue, suggesting, tagging
from desktop.bulletin.model import PassageKind
from desktop.fields.reshape import same_plan
from desktop.fields.suggest import Suggestion
from desktop.ui.actions import FIELD_ORDER
from desktop.ui.commands.marking import MarkingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import source_line
from desktop.ui.document_pane import DocumentPane
from desktop.ui.item_panel import ItemPanel
from desktop.ui.jobs import Jobs, Latest
from desktop.ui.mark_bar import MarkBar
from desktop.ui.marks_panel import MarksPanel
from desktop.ui.palette import FieldPalette
from desktop.ui.values import EvidenceView, ItemView, SuggestionView, TagView


def suggestion_view(suggestion: Suggestion) -> SuggestionView:
    """A suggestion as the panels show it."""
    evidence = tuple(
        EvidenceView(
            term=one.term, count=one.count, where=one.where, start=one.places[0][0], end=one.places[0][1], lessons=one.lessons
        )
        for one in suggestion.evidence
    )
    return SuggestionView(field=suggestion.field, subfield=suggestion.subfield, score=suggestion.score, evidence=evidence)


class FieldCommands(QObject):
    """Toggles fields and keeps the 本条 panel true. Suggestions are made off the window's thread and never applied by themselves."""

    def __init__(
        self,
        desk: Desk,
        pane: DocumentPane,
        panel: ItemPanel,
        bar: MarkBar,
        marks_panel: MarksPanel,
        marking: MarkingCommands,
        jobs: Jobs,
    ) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._panel = panel
        self._marking = marking
        self._jobs = jobs
        self._latest = Latest()
        self._suggestions: tuple[SuggestionView, ...] = ()
        self._tagged: set[str] = set()
        panel.field_toggled.connect(self.toggle_item)
        panel.tag_removed.connect(self.remove)
        panel.suggestion_accepted.connect(self.accept)
        panel.suggestion_refused.connect(self.refuse)
        panel.evidence_clicked.connect(lambda start, end: pane.go_to(desk.item_id, start, end))
        bar.field_chosen.connect(self.toggle)
        marks_panel.mark_fields_requested.connect(self._offer_fields)
        desk.item_changed.connect(self._show_item)
        for changed in (desk.document_changed, desk.items_changed):
            changed.connect(lambda _document: self._show_item(desk.item_id))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        fields: dict[str, Callable[[], object]] = {f"field.{name}": partial(self.toggle, name) for name in (*FIELD_ORDER, "综合")}
        return {
            **fields,
            "field.accept": self.accept_first,
            "field.refuse": self.refuse_first,
            "field.palette": self.open_palette,
        }

    def toggle(self, field: str, subfield: str = "") -> None:
        """Put a field on, or take it off: the selection, the chosen mark, the current point, or the current item."""
        if not (self._desk.selection or self._desk.selected_mark):
            self.toggle_item(field, subfield)
            return
        mark = self._marking.mark_selection()
        if mark:
            self._toggle(mark.item, field, mark=mark.uid, subfield=subfield)

    def toggle_item(self, field: str, subfield: str = "") -> None:
        """Put a field on the current point or item, or take it off."""
        if self._desk.item_id:
            self._toggle(self._desk.item_id, field, point=self._desk.point, subfield=subfield)

    def open_palette(self) -> None:
        """Choose any tag by typing, for what the field keys would tag."""
        item = self._desk.item()
        if item is None:
            self._desk.said.emit("请先打开一期并选中一条。")
            return
        vocabulary = self._desk.library.vocabulary
        marked = self._desk.selection or self._desk.selected_mark
        place = "划线" if marked else f"第（{self._desk.point}）点" if self._desk.point is not None else "本条"
        on = set() if marked else {(tag.field, tag.subfield) for tag in self._own_tags(item.id)}
        palette = FieldPalette(
            f"标注{place}：{item.title}", lambda typed: vocabulary.find(typed) if typed.strip() else list(vocabulary.choices()),
            on, self._panel.theme, self._pane.window(),
        )  # fmt: skip
        palette.chosen.connect(self.toggle)
        palette.move(self._pane.mapToGlobal(self._pane.rect().center()) - palette.rect().center())
        palette.show()

    def _own_tags(self, item: int) -> list[TagRecord]:
        """The tags on the current point, or else on the item itself."""
        point = self._desk.point
        return [tag for tag in tagging.tags(self._desk.library, item=item) if tag.mark is None and tag.point == point]

    def remove(self, field: str, subfield: str) -> None:
        """Take exactly this tag off the current point or item."""
        if self._desk.item_id:
            self._desk.attempt(
                lambda: tagging.untag(self._desk.library, self._desk.item_id, field, subfield, point=self._desk.point)
            )

    def accept(self, field: str, subfield: str) -> None:
        """Confirm a suggestion."""
        if self._desk.item_id:
            self._desk.attempt(
                lambda: tagging.tag(self._desk.library, self._desk.item_id, field, subfield, point=self._desk.point)
            )

    def refuse(self, field: str) -> None:
        """Refuse a suggestion; it does not come back for this item."""
        if self._desk.item_id:
            self._desk.attempt(lambda: tagging.refuse(self._desk.library, self._desk.item_id, field, point=self._desk.point))

    def accept_first(self) -> None:
        """Confirm the first suggestion that is not tagged yet."""
        first = self._first()
        if first:
            self.accept(first.field, first.subfield)

    def refuse_first(self) -> None:
        """Refuse the first suggestion that is not tagged yet."""
        first = self._first()
        if first:
            self.refuse(first.field)

    def _offer_fields(self, uid: str) -> None:
        mark = self._desk.mark(uid)
        if mark is None:
            return
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in (*FIELD_ORDER, "综合"):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name in mark.fields)
            action.triggered.connect(partial(self._toggle, mark.item, name, mark=uid))
        menu.popup(QCursor.pos())

    def _first(self) -> SuggestionView | None:
        return next((suggestion for suggestion in self._suggestions if suggestion.field not in self._tagged), None)

    def _tag_view(self, tag: TagRecord) -> TagView:
        other = "" if same_plan(tag.vocabulary, self._desk.library.vocabulary.version) else tag.vocabulary
        return TagView(tag.field, tag.subfield, other)

    def _place(self, item: ItemView) -> str:
        """Which point is meant, with its head; "" for the item as a whole."""
        for passage in item.passages:
            if self._desk.point is not None and passage.kind is PassageKind.POINT and passage.number == self._desk.point:
                return f"{passage.marker}{passage.head or passage.text[:20]}"
        return ""

    def _toggle(
        self,
        item: int,
        field: str,
        _checked: bool = False,
        *,
        subfield: str = "",
        point: int | None = None,
        mark: str | None = None,
    ) -> None:
        name = f"{field}›{subfield}" if subfield else field

        def work() -> None:
            if subfield:
                on = tagging.toggle(self._desk.library, item, field, subfield, point=point, mark=mark)
            else:
                on = tagging.toggle_field(self._desk.library, item, field, point=point, mark=mark)
            self._desk.said.emit(f"已标注领域：{name}" if on else f"已去掉领域：{name}")

        self._desk.attempt(work)

    def _show_item(self, item_id: int) -> None:
        ticket = self._latest.take()  # first: suggestions still under way are of the item that was shown
        item = self._desk.item(item_id)
        if item is None or self._desk.document is None:
            self._panel.set_item(None, "", ())
            return
        point = self._desk.point
        source = source_line(catalogue.issue(self._desk.library, self._desk.document.issue))
        own = self._own_tags(item.id)
        self._panel.set_item(item, source, tuple(self._tag_view(tag) for tag in own), self._place(item))
        self._tagged = {tag.field for tag in own}
        library = self._desk.library

        def done(found: list[Suggestion]) -> None:
            if self._latest.holds(ticket):
                self._suggestions = tuple(map(suggestion_view, found))
                self._panel.set_suggestions(self._suggestions)

        self._jobs.run("suggestions", lambda: suggesting.suggest(library, item.id, point=point), done)
