"""Search over the library: results while one types, off the window's thread; a result lands on its passage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.archive import finding, searches
from desktop.archive.whole_words import Cut
from desktop.bulletin.occurrences import occurrences
from desktop.bulletin.query import parse
from desktop.fields.words import Words
from desktop.settings import Settings, export_target
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_title
from desktop.ui.document_pane import DocumentPane
from desktop.ui.jobs import Jobs
from desktop.ui.search_panel import SearchPanel
from desktop.ui.values import HitView, SearchChoice, StartView

Ranges = tuple[tuple[int, int], ...]

_LIMIT = 100  # hits shown at once
_REMEMBERED = 20  # last searches


class SearchCommands(QObject):
    """Runs queries and opens hits. A superseded query is given up, wherever it is."""

    def __init__(
        self,
        desk: Desk,
        pane: DocumentPane,
        panel: SearchPanel,
        reading: ReadingCommands,
        jobs: Jobs,
        settings: Settings,
        window: QWidget,
        reveal: Callable[[bool], None],
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._pane = pane
        self._panel = panel
        self._reading = reading
        self._jobs = jobs
        self._settings = settings
        self._window = window
        self._reveal = reveal
        self._over = Event()  # set once the running query is superseded
        self._hits: dict[object, finding.Hit] = {}
        self._loading = False
        self._words: Words | None = None  # told apart once they are loaded, after the first search
        self._places: dict[object, tuple[int, int]] = {}
        panel.query_changed.connect(self._search)
        panel.result_chosen.connect(self._open)
        panel.more_requested.connect(self._show_more)
        panel.start_forgotten.connect(self._forget)
        panel.save_requested.connect(self.save)
        panel.export_requested.connect(self.export)
        panel.history_cleared.connect(self._clear_history)
        panel.closed.connect(self.close)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What this class does for the action table."""
        return {
            "edit.find": self.open, "edit.find_selection": self.find_selection, "search.save": self.save,
            "search.export": self.export,
        }  # fmt: skip

    def open(self) -> None:
        """Show the search panel with the cursor in its box."""
        self._reveal(True)
        self._show_starts()
        self._panel.focus_box()

    def found_items(self) -> list[int]:
        """The items of the present results, each once."""
        return list(dict.fromkeys(hit.item.id for hit in self._hits.values()))

    def close(self) -> None:
        """Leave the search: the hits are no longer lit."""
        self._over.set()
        self._pane.set_hits([])
        self._reveal(False)
        self._pane.leading().setFocus()

    def find_selection(self) -> None:
        """Search for what is selected."""
        selection = self._desk.selection
        self.open()
        if selection:
            self._panel.set_query('"' + selection.text.replace("\n", " ")[:60] + '"')

    # --- results

    def _search(self, text: str, choice: SearchChoice) -> None:
        self._over.set()
        self._over = over = Event()
        if not text.strip():
            self._hits.clear()
            self._panel.set_results((), 0, 0.0)
            self._panel.set_counts({})
            self._pane.set_hits([])
            self._show_starts()
            return
        library, filters, order = self._desk.library, _filters(choice), _order(choice)
        cut = self._cut()

        def page() -> tuple[finding.SearchPage, list[HitView]] | None:
            found = _wanted(
                lambda: finding.search(
                    library, text, filters, limit=_LIMIT, order=order, facets=False, cut=cut, settle=False, cancelled=over.is_set
                )
            )
            return (found, [_view(at, hit, text) for at, hit in enumerate(found.hits)]) if found else None

        def counts() -> finding.Facets | None:
            return _wanted(lambda: finding.counts(library, text, filters, cancelled=over.is_set))

        def arrived(found: tuple[finding.SearchPage, list[HitView]] | None) -> None:
            if found and not over.is_set():
                self._show(*found)
                self._jobs.run("quick", counts, counted, refused)

        def counted(facets: finding.Facets | None) -> None:
            self._load_words()
            if facets is not None and not over.is_set():
                self._panel.set_counts(facets)

        def refused(error: Exception) -> None:
            if not over.is_set():
                self._desk.said.emit(str(error))

        self._jobs.run("quick", page, arrived, refused)

    def _load_words(self) -> None:
        """Have the dictionary read in the background, once: the first hits must not wait for it."""
        if self._words is None and not self._loading:
            self._loading = True
            self._jobs.run("quick", lambda: Words(()), self._take_words)

    def _take_words(self, words: Words) -> None:
        self._words = words

    def _cut(self) -> Cut | None:
        return self._words.cut if self._words else None

    def _show(self, page: finding.SearchPage, views: list[HitView]) -> None:
        self._hits = dict(enumerate(page.hits))
        self._places = {at: (hit.start, hit.end) for at, hit in enumerate(page.hits)}
        self._panel.set_results(views, page.total, page.ms)

    def _show_more(self, hit_id: object) -> None:
        hit = self._hits.get(hit_id)
        if hit is None:
            return
        places, shown = finding.passages_found(hit, self._panel.query()), self._places[hit_id]
        views = []
        for number, place in enumerate([place for place in places if (place.start, place.end) != shown] or places):
            at = (hit_id, number)
            self._hits[at], self._places[at] = hit, (place.start, place.end)
            views.append(HitView(at, "", "", "", "", "body", *_told(place.text, place.ranges, place.cut)))
        self._panel.show_more(hit_id, views)

    def _open(self, hit_id: object) -> None:
        hit = self._hits.get(hit_id)
        if hit:
            self._remember()
            self._reading.go_to(hit.issue.id, hit.item.id, *self._places[hit_id])
            self._light_all()

    def _light_all(self) -> None:
        """Light every hit in the document shown."""
        terms = parse(self._panel.query()).terms
        items = self._desk.document.items if self._desk.document else ()
        self._pane.set_hits(
            [(item.id, *place) for item in items for place in occurrences("\n".join(p.text for p in item.passages), terms)]
        )

    # --- searches to be done again

    def _show_starts(self) -> None:
        saved = [StartView(one.uid, one.query, _choice(one.narrowing)) for one in searches.saved(self._desk.library)]
        last = [StartView("", query, SearchChoice()) for query in self._settings.searches if isinstance(query, str)]
        self._panel.set_starts([*saved, *last])

    def _remember(self) -> None:
        """Put the query at the head of the last searches."""
        query = self._panel.query().strip()
        if self._desk.library.secret:
            return  # the settings are not encrypted
        former = [other for other in self._settings.searches if other != query]
        self._settings.searches = [query, *former][:_REMEMBERED]

    def _clear_history(self) -> None:
        self._settings.searches = []
        self._show_starts()

    def _forget(self, start: StartView) -> None:
        if start.uid:
            self._desk.attempt(lambda: searches.forget(self._desk.library, start.uid))
        else:
            self._settings.searches = [query for query in self._settings.searches if query != start.query]
        self._show_starts()

    def save(self) -> None:
        """Keep the query with its narrowings in the library."""
        query, narrowing = self._panel.query().strip(), asdict(self._panel.choice())
        if not query:
            self._desk.said.emit("请先在全库检索中输入要保存的检索词。")
        elif self._desk.attempt(lambda: searches.save(self._desk.library, query, narrowing)):
            self._show_starts()
            self._desk.said.emit(f"已保存检索“{query[:20]}”，清空检索框即可看到。")

    # --- results elsewhere

    def export(self) -> None:
        """Write the list of results to a file."""
        query, choice = self._panel.query().strip(), self._panel.choice()
        if not query or not self._hits:
            self._desk.said.emit("没有可以导出的检索结果，请先在全库检索中检索。")
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "导出检索结果", export_target(self._settings, "检索结果.csv"), "表格 (*.csv)"
        )
        if not chosen:
            return
        library, path, cut = self._desk.library, Path(chosen), self._cut()

        def done(number: int) -> None:
            self._desk.said.emit(f"已导出 {number} 处检索结果：{path.name}")

        self._jobs.run(
            "background",
            lambda: searches.export(library, path, query, _filters(choice), order=_order(choice), cut=cut),
            done,
            lambda error: self._desk.failed.emit(str(error)),
        )


def _wanted(ask: Callable[[], finding.Answer]) -> finding.Answer | None:
    try:
        return ask()
    except finding.Superseded:
        return None


def _view(at: object, hit: finding.Hit, query: str) -> HitView:
    snippet, ranges = _told(hit.snippet, hit.ranges, hit.cut)
    printed = hit.item.title if hit.title != hit.item.title else ""
    return HitView(
        id=at, issue_title=issue_title(hit.issue), date=hit.issue.date, section=hit.item.section, title=hit.title, printed_title=printed,
        where=hit.where, snippet=snippet, ranges=ranges, more=hit.where in ("title", "body") and finding.has_more(hit, query),
    )  # fmt: skip


def _told(snippet: str, ranges: Ranges, cut: tuple[bool, bool]) -> tuple[str, Ranges]:
    """A snippet as it is shown: with an ellipsis where its paragraph goes on."""
    before, after = ("…" if more else "" for more in cut)
    return before + snippet + after, tuple((start + len(before), end + len(before)) for start, end in ranges)


def _order(choice: SearchChoice) -> finding.Order:
    return "relevance" if choice.order == "relevance" else "newest"


def _choice(narrowing: dict[str, object]) -> SearchChoice:
    known = {name: value for name, value in narrowing.items() if type(getattr(SearchChoice(), name, None)) is type(value)}
    return SearchChoice(**known)  # type: ignore[arg-type]


def _filters(choice: SearchChoice) -> finding.Filters:
    field, _, subfield = choice.field.partition("/")
    first, last = ("-01-01", "-12-31") if len(choice.period) == len("2025") else ("-01", "-31")
    return finding.Filters(
        field=field or None, subfield=subfield or None, section=choice.section or None, level=choice.level or None,
        region=choice.region or None, issue_title=choice.title or None, marked=choice.marked, unread=choice.unread,
        noted=choice.noted, date_from=f"{choice.period}{first}" if choice.period else None,
        date_to=f"{choice.period}{last}" if choice.period else None,
    )  # fmt: skip
