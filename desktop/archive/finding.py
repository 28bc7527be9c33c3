"""Searching the library: exactly the passages that hold what was asked for, at any moment, with a few words around each.

A hit is a passage: an item, a note, or the quote of a mark that lost its place. What matches and in what order is
`desktop.archive.matching`; what it is narrowed to `desktop.archive.narrowing`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal, TypeVar

from db import index_source
from db import marks as mark_store
from db.errors import Damaged, Interrupted, StorageError
from db.index_register import Tally
from db.index_view import Address, IndexView
from db.records import CorrectionRecord, IssueRecord, ItemRecord, MarkRecord
from desktop.archive import correcting, indexing, narrowing
from desktop.archive.library import Library
from desktop.archive.matching import Found, Matcher, Order, Rank, Ranked
from desktop.archive.narrowing import Facets, Filters
from desktop.archive.snippets import Snippet, snippet, snippets
from desktop.archive.whole_words import Cut, is_whole
from desktop.bulletin import query as grammar
from desktop.bulletin.folding import fold
from desktop.bulletin.query import Query

__all__ = ["Facets", "Filters", "Hit", "Order", "SearchPage", "Superseded", "counts", "search"]

Answer = TypeVar("Answer")
Cancelled = Callable[[], bool]
Where = Literal["title", "body", "note", "mark", "correction"]

_ALL: Final = Filters()
_JUDGED: Final = 200  # hits of which it is told whether they are whole words
_READ_AT_ONCE: Final = 60  # items of which it is told
_CATCH_UP_SECONDS: Final = 0.3  # of indexing before a search; what is left then is read from the library


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found; `mark` is the uid of the mark whose note or quote it is.

    `ranges` are code-point offsets of the hits in `snippet`; `start … end` the first hit in the item's canonical text, or the
    place of the mark, or 0, 0 for a mark without place. `cut` says whether the paragraph goes on before and after the snippet.
    """

    issue: IssueRecord
    item: ItemRecord
    where: Where
    mark: str | None
    snippet: str
    ranges: tuple[tuple[int, int], ...]
    start: int
    end: int
    cut: tuple[bool, bool] = (False, False)
    title: str = ""  # of the item, its errata read into it


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The first hits of a search. `total` is exact; `ms` is how long it took; the facets count all hits, not only these."""

    query: str
    total: int
    ms: float
    hits: tuple[Hit, ...]
    facets: Facets


class Superseded(Exception):
    """The search was given up because its answer is no longer wanted."""


def search(
    library: Library,
    query: str,
    filters: Filters = _ALL,
    *,
    limit: int = 50,
    order: Order = "relevance",
    facets: bool = True,
    cut: Cut | None = None,
    settle: bool = True,
    cancelled: Cancelled | None = None,
) -> SearchPage:
    """Find what fits a query (`desktop.bulletin.query`; no text is an error) and the filters; up to `limit` hits come as such.

    By relevance, terms that stand side by side come first; then those in titles, those in heads of points, and the rest;
    equals are ordered newest first. With `cut` (`desktop.fields.words.Words.cut`), of the first 200 hits that are equal so far
    those that are whole words come before those that only look so. What is not indexed yet is found all the same; `settle`
    spends up to a third of a second on indexing it first, so that later searches need not read it. Without `facets` their
    counts are left out: `counts` can bring them after the hits. A query without terms finds nothing. Raises `Superseded` soon
    after `cancelled` has said yes.
    """
    started = time.perf_counter()
    asked = grammar.parse(query)
    found, counted = Found([], 0), Tally(0)
    if asked.alternatives:
        if settle:
            indexing.catch_up(library, seconds=_CATCH_UP_SECONDS)
        matcher = _matcher(library, asked, filters, order, cancelled, counted=facets)
        judged = _JUDGED if cut and order == "relevance" and limit else 0
        found = _by_index(library, lambda view: matcher.found(view, max(limit, judged, 0)), cancelled)
        if facets:
            counted = _by_index(library, matcher.tally, cancelled)
    first = _words_first(library, found.first, asked, cut, limit) if cut and order == "relevance" else found.first[:limit]
    items = index_source.item_records(library.database, {one.address.item for one in first})
    hits = tuple(_hits(library, [one.address for one in first], items, asked))
    told = narrowing.facets(library.index.register, counted) if counted.total else narrowing.no_facets()
    return SearchPage(query, found.total, (time.perf_counter() - started) * 1000, hits, told)


def counts(library: Library, query: str, filters: Filters = _ALL, *, cancelled: Cancelled | None = None) -> Facets:
    """How many hits each narrowing would leave, given the other ones. Raises `Superseded` as `search` does."""
    asked = grammar.parse(query)
    tally = Tally(0)
    if asked.alternatives:
        indexing.catch_up(library, seconds=_CATCH_UP_SECONDS)
        matcher = _matcher(library, asked, _ALL, "newest", cancelled, counted=True)
        tally = _by_index(library, matcher.tally, cancelled)
    return narrowing.facets(library.index.register, tally, filters)


def items_found(library: Library, query: str, filters: Filters = _ALL) -> int:
    """All items that a search finds by their own text, as a set (`db.index_register.items_in` lists it)."""
    asked = grammar.parse(query)
    matcher = _matcher(library, asked, filters, "newest", None, counted=True)
    return _by_index(library, matcher.tally, None).mask if asked.alternatives else 0


def passages_found(hit: Hit, query: str, most: int = 20) -> tuple[Snippet, ...]:
    """Further places of a hit's item, each as a snippet, in the order of the text."""
    return snippets(hit.item.text, grammar.parse(query).terms, most)


def has_more(hit: Hit, query: str) -> bool:
    """Whether `passages_found` would show more than one place of the item."""
    return len(passages_found(hit, query, 2)) > 1


def prepare(library: Library, cancelled: Cancelled | None = None) -> None:
    """Index what is not indexed yet, and read what items are counted by: what the first search would wait for."""
    indexing.catch_up(library, cancelled=cancelled)
    indexing.claimed(library).register.refresh(library.database)


def _matcher(
    library: Library, asked: Query, filters: Filters, order: Order, cancelled: Cancelled | None, *, counted: bool
) -> Matcher:
    """Read what items are counted and narrowed by only where that is asked for: at first it takes longer than a search."""
    register = indexing.claimed(library).register
    if counted or filters != _ALL:
        register.refresh(library.database)
    return Matcher(library, asked, order, filters.allowed(register), cancelled)


def _by_index(library: Library, ask: Callable[[IndexView | None], Answer], cancelled: Cancelled | None) -> Answer:
    """Ask a view of the index, or, where there is no index to be had, the library alone: it gives the same answer, only later."""
    index = library.index
    try:
        try:
            with index.reading(cancelled) as view:
                return ask(view)
        except Interrupted:
            raise
        except Damaged:
            indexing.renew(index)
        except StorageError:
            pass
        return ask(None)
    except Interrupted:
        raise Superseded from None


def _words_first(library: Library, first: list[Ranked], query: Query, cut: Cut, limit: int) -> list[Ranked]:
    """Up to `limit` entries, those that are whole words before those of the same rank that only look so.

    Texts are read and cut only until the page is full, which whole words alone mostly fill.
    """
    ordered: list[Ranked] = []
    for _, equals in groupby(_read(library, first[:_JUDGED]), key=lambda pair: pair[0].rank):
        lookalikes: list[Ranked] = []
        for one, item in equals:
            if len(ordered) >= limit:
                return ordered[:limit]
            (lookalikes if _only_looks_so(one, item, query, cut) else ordered).append(one)
        ordered += lookalikes
    return [*ordered, *first[_JUDGED:]][:limit]


def _read(library: Library, entries: list[Ranked]) -> Iterator[tuple[Ranked, ItemRecord | None]]:
    """Each entry with its item, read some at a time."""
    for start in range(0, len(entries), _READ_AT_ONCE):
        part = entries[start : start + _READ_AT_ONCE]
        items = index_source.item_records(library.database, {one.address.item for one in part})
        yield from ((one, items.get(one.address.item)) for one in part)


def _only_looks_so(one: Ranked, item: ItemRecord | None, query: Query, cut: Cut) -> bool:
    if item is None or one.address.place != "item":
        return False
    return not is_whole(item.title if _is_in_title(item, query) else item.text, query.terms, cut)


def _hits(library: Library, addresses: list[Address], items: dict[int, ItemRecord], query: Query) -> Iterator[Hit]:
    """Hits for those addresses that are still in the library."""
    database = library.database
    issues = _issues(library, [items[address.item] for address in addresses if address.item in items])
    errata = index_source.errata_of(database, [address.item for address in addresses])
    for address in addresses:
        item = items.get(address.item)
        if item is None or item.issue not in issues:
            continue
        own = errata.get(item.id, ())
        hit = _hit(library, issues[item.issue], item, address, own, query)
        if hit is not None:
            yield replace(hit, title=correcting.title_of(item, own))


def _hit(
    library: Library, issue: IssueRecord, item: ItemRecord, address: Address, errata: Sequence[CorrectionRecord], query: Query
) -> Hit | None:
    if address.place == "item":
        printed = _item_hit(issue, item, query)
        return (_corrected_hit(printed, errata, query) if errata else None) or printed
    mark = mark_store.mark(library.database, address.mark)
    return _mark_hit(issue, item, mark, query, "note" if address.place == "note" else "mark") if mark else None


def hits_of_items(library: Library, items: Sequence[int], query: Query) -> Iterator[Hit]:
    """Hits for some items by their own text, whatever found them."""
    known = index_source.item_records(library.database, items)
    return _hits(library, [Address(item, "item", "", 0) for item in items], known, query)


def _issues(library: Library, items: Iterable[ItemRecord]) -> dict[int, IssueRecord]:
    return index_source.issue_records(library.database, {item.issue for item in items})


def _item_hit(issue: IssueRecord, item: ItemRecord, query: Query) -> Hit:
    in_title = _is_in_title(item, query)
    shown = _title_snippet(item, query) if in_title else _body_snippet(item, query)
    return Hit(issue, item, "title" if in_title else "body", None, shown.text, shown.ranges, shown.start, shown.end, shown.cut)


def _corrected_hit(printed: Hit, errata: Sequence[CorrectionRecord], query: Query) -> Hit | None:
    """The hit as the reader corrected the item, if a term is found only so; it leads to the printed words that were corrected."""
    own = fold(printed.item.text)
    missed = [term for term in query.terms if term not in own]
    for reading in correcting.readings(printed.item.text, errata):
        shown = snippet(reading.text, missed)
        if shown.ranges:
            (start, end), _ = min(reading.spans, key=lambda span: abs(span[1][0] - shown.start))
            return replace(
                printed, where="correction", snippet=shown.text, ranges=shown.ranges, start=start, end=end, cut=shown.cut
            )
    return None


def _is_in_title(item: ItemRecord, query: Query) -> bool:
    """Whether the title alone has all that one alternative requires. Only a text that might hold what is excluded is folded."""
    by_title, title = Rank(query.alternatives, "title"), fold(item.title)
    if not by_title.holds({"title": title, "": ""}):
        return False
    return not any(excluded for _, excluded in query.alternatives) or by_title.holds({"title": title, "": fold(item.text)})


def _title_snippet(item: ItemRecord, query: Query) -> Snippet:
    return snippet(item.text[: len(item.title)], query.terms)


def _body_snippet(item: ItemRecord, query: Query) -> Snippet:
    """Words after the title if a term is there; else around a hit that begins in the title and ends after it."""
    shown = snippet(item.text, query.terms, min(len(item.title) + 1, len(item.text)))
    return shown if shown.ranges or not query.terms else snippet(item.text, query.terms)


def _mark_hit(issue: IssueRecord, item: ItemRecord, mark: MarkRecord, query: Query, where: Where) -> Hit:
    shown = snippet(mark.note if where == "note" else mark.quote, query.terms)
    start, end = (mark.start, mark.end) if mark.anchored else (0, 0)
    return Hit(issue, item, where, mark.uid, shown.text, shown.ranges, start, end, shown.cut)
