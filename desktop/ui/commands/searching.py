"""Search over the library: results while one types, off the window's thread; a result lands on its passage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desktop.archive import finding
from desktop.bulletin.occurrences import occurrences
from desktop.bulletin.query import parse
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_title
from desktop.ui.document_pane import DocumentPane
from desktop.ui.jobs import Jobs, Latest
from desktop.ui.search_panel import SearchPanel
from desktop.ui.values import HitView, SearchChoice


class SearchCommands(QObject):
    """Runs queries and opens hits. A superseded query is dropped when it comes back."""

    def __init__(
        self,
        desk: Desk,
        pane: DocumentPane,
        panel: SearchPanel,
        reading: ReadingCommands,
        jobs: Jobs,
        reveal: Callable[[bool], None],
    ) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane
        self._panel = panel
        self._reading = reading
        self._jobs = jobs
        self._reveal = reveal
        self._latest = Latest()
        self._hits: dict[int, finding.Hit] = {}
        panel.query_changed.connect(self._search)
        panel.result_chosen.connect(self._open)
        panel.closed.connect(self.close)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {"edit.find": self.open, "edit.find_selection": self.find_selection}

    def open(self) -> None:
        """Show the search panel with the cursor in its box."""
        self._reveal(True)
        self._panel.focus_box()

    def close(self) -> None:
        """Leave the search: the hits are no longer lit."""
        self._latest.take()
        self._pane.set_hits([])
        self._reveal(False)

    def find_selection(self) -> None:
        """Search for what is selected."""
        selection = self._desk.selection
        self.open()
        if selection:
            self._panel.set_query('"' + selection.text.replace("\n", " ")[:60] + '"')

    def _search(self, text: str, choice: SearchChoice) -> None:
        ticket = self._latest.take()
        if not text.strip():
            self._hits.clear()
            self._panel.set_results((), 0, {}, 0.0)
            self._pane.set_hits([])
            return
        filters = finding.Filters(
            field=choice.field or None, section=choice.section or None, level=choice.level or None, marked=choice.marked,
            date_from=f"{choice.year}-01-01" if choice.year else None, date_to=f"{choice.year}-12-31" if choice.year else None,
        )  # fmt: skip
        library = self._desk.library
        order: finding.Order = "newest" if choice.order == "newest" else "relevance"
        self._jobs.run(
            "quick",
            lambda: finding.search(library, text, filters, limit=100, order=order),
            partial(self._show, ticket),
            partial(self._refused, ticket),
        )

    def _refused(self, ticket: int, error: Exception) -> None:
        if self._latest.holds(ticket):
            self._desk.said.emit(str(error))

    def _show(self, ticket: int, page: finding.SearchPage) -> None:
        if not self._latest.holds(ticket):
            return
        self._hits = dict(enumerate(page.hits))
        views = tuple(
            HitView(
                id=at, issue_title=issue_title(hit.issue), date=hit.issue.date, section=hit.item.section, title=hit.item.title, where=hit.where,
                snippet=hit.snippet, ranges=hit.ranges,
            )
            for at, hit in self._hits.items()
        )  # fmt: skip
        self._panel.set_results(views, page.total, page.facets, page.ms)

    def _open(self, hit_id: int) -> None:
        hit = self._hits.get(hit_id)
        if hit:
            self._reading.go_to(hit.issue.id, hit.item.id, hit.start, hit.end)
            self._light_all()

    def _light_all(self) -> None:
        """Light every hit in the document shown."""
        terms = parse(self._panel.query()).terms
        items = self._desk.document.items if self._desk.document else ()
        self._pane.set_hits(
            [(item.id, *place) for item in items for place in occurrences("\n".join(p.text for p in item.passages), terms)]
        )
