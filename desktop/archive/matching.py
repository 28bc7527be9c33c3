"""Which entries fit a query, in what order, and how many: by the index where it is in step, by comparison elsewhere.

The index cannot judge items on its list of things to do, nor terms beyond a certain length; those texts are read from the
library, folded and compared. Either way the same texts and the same folding decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from db import index_source as source
from db.index_tokens import Plan, plan
from db.index_view import Address, IndexView, day_of
from desktop.archive import indexing
from desktop.archive.library import Library
from desktop.bulletin.folding import fold
from desktop.bulletin.query import Alternative, Query

Order = Literal["relevance", "newest"]


class Rank(NamedTuple):
    """Entries that come before those of the ranks after it: what they must match, and whether in the title."""

    alternatives: tuple[Alternative, ...]
    in_title: bool

    def holds(self, title: str, body: str) -> bool:
        """Whether an entry with this folded title and body is of this rank or a better one."""
        return any(
            all(term in (title if self.in_title else body) for term in required) and not any(term in body for term in excluded)
            for required, excluded in self.alternatives
            if required or not self.in_title
        )


def ranks(query: Query, order: Order) -> tuple[Rank, ...]:
    """Whole phrases before scattered terms, titles before bodies; the last rank is the query itself."""
    if order == "newest":
        return (Rank(query.alternatives, in_title=False),)
    phrases = tuple(Alternative(("".join(required),) if required else (), excluded) for required, excluded in query.alternatives)
    return tuple(dict.fromkeys(Rank(said, in_title) for said in (phrases, query.alternatives) for in_title in (True, False)))


class Ranked(NamedTuple):
    """An entry that fits, with the number of the first rank that it holds."""

    rank: int
    address: Address


@dataclass(frozen=True, slots=True)
class Found:
    """The first entries in order, how many there are, and, if they were wanted, the items of all."""

    first: list[Address]
    total: int
    items: list[int]


class Matcher:
    """One query on one library; `allowed` are the items that may be found, None for all."""

    def __init__(self, library: Library, query: Query, order: Order, allowed: frozenset[int] | None) -> None:
        self._library = library
        self._register = library.index.register
        self._ranks = ranks(query, order)
        self._allowed = allowed

    def found(self, view: IndexView | None, limit: int, *, want_items: bool) -> Found:
        """Find what fits, by a view of the index, or without one by reading every text of the library."""
        if view is None:
            compared = list(self._compared(self._register.items))
            return _joined(Found([], 0, []), [], compared, limit)
        pending = indexing.pending(self._library, view)
        compared = list(self._compared(pending))
        asked = plan(self._ranks[-1].alternatives)
        if not asked.exact:
            compared += self._candidates(view, asked, pending)
            return _joined(Found([], 0, []), [], compared, limit)
        keys, total, items = self._all(view, asked, pending, want_items=want_items)
        first = list(islice(self._in_order(view, keys, self._acceptance(pending)), limit))
        return _joined(Found([], total, items), first, compared, limit)

    def _acceptance(self, pending: Collection[int]) -> Callable[[int], bool]:
        allowed = self._register.items if self._allowed is None else self._allowed
        return lambda item: item in allowed and item not in pending

    def _all(
        self, view: IndexView, asked: Plan, pending: Collection[int], *, want_items: bool
    ) -> tuple[list[int] | None, int, list[int]]:
        """Keys, number and items of all entries; only the number where nothing else is asked."""
        narrowed = bool(pending) or self._allowed is not None
        if not narrowed and not want_items:
            return None, view.count(asked), []
        keys = list(view.keys(asked))
        items = [address.item for address in self._register.addresses(view, keys)]
        if narrowed:
            accepts = self._acceptance(pending)
            keys = [key for key, item in zip(keys, items, strict=True) if accepts(item)]
            items = [item for item in items if accepts(item)]
        return keys, len(keys), items

    def _in_order(self, view: IndexView, keys: list[int] | None, accepts: Callable[[int], bool]) -> Iterator[Ranked]:
        """Yield accepted entries rank by rank, newest first, as asked for. `keys` are those of the last rank, if known."""
        seen: set[int] = set()
        for number, rank in enumerate(self._ranks):
            last = rank is self._ranks[-1]
            here = keys if last and keys is not None else view.keys(plan(rank.alternatives, in_title=rank.in_title))
            for key in here:
                address = self._register.address(view, key)
                if key not in seen and accepts(address.item):
                    seen.add(key)
                    yield Ranked(number, address)

    def _candidates(self, view: IndexView, asked: Plan, pending: Collection[int]) -> Iterator[Ranked]:
        """Entries that the index finds likely and comparison confirms."""
        likely = set(self._register.addresses(view, list(view.keys(asked))))
        items = {address.item for address in likely}.difference(pending)
        return (one for one in self._compared(items) if one.address in likely)

    def _compared(self, items: Iterable[int]) -> Iterator[Ranked]:
        """Entries of items that fit, as the library has them now."""
        wanted = items if self._allowed is None else self._allowed.intersection(items)
        for text in source.each_text(self._library.database, wanted):
            title = fold(text.title)
            for (place, mark), said in indexing.texts_of(text).items():
                rank = self._rank(title if place == "item" else "", fold(said))
                if rank is not None:
                    yield Ranked(rank, Address(text.item, place, mark, day_of(text.date)))

    def _rank(self, title: str, body: str) -> int | None:
        return next((number for number, rank in enumerate(self._ranks) if rank.holds(title, body)), None)


def _joined(indexed: Found, first: list[Ranked], compared: list[Ranked], limit: int) -> Found:
    ordered = sorted([*first, *compared], key=lambda one: (one.rank, -one.address.day))
    items = indexed.items + [one.address.item for one in compared]
    return Found([one.address for one in ordered[:limit]], indexed.total + len(compared), items)
