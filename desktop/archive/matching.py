"""Which entries fit a query, in what order, and how many: by the index where it is in step, by comparison elsewhere.

The index cannot judge items on its list of things to do, nor terms beyond a certain length; those texts are read from the
library, folded and compared. Either way the same texts and the same folding decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, NamedTuple

from db import index_source as source
from db.errors import Interrupted
from db.index_register import Tally, items_in, mask_of
from db.index_source import ItemText
from db.index_tokens import Column, Plan, plan
from db.index_view import Address, IndexView, Place, day_of
from desktop.archive import indexing
from desktop.archive.library import Library
from desktop.bulletin.query import Alternative, Query

Order = Literal["relevance", "newest"]

_COLUMNS: Final[tuple[Column, ...]] = ("title", "head", "")
_AT_ONCE: Final = 64  # keys looked up together


class Rank(NamedTuple):
    """Entries that come before those of the ranks after it: what they must match, and in which part of the text."""

    alternatives: tuple[Alternative, ...]
    column: Column

    def holds(self, parts: dict[Column, str]) -> bool:
        """Whether an entry with these folded parts is of this rank or a better one."""
        there, body = parts[self.column], parts[""]
        return any(
            all(term in there for term in required) and not any(term in body for term in excluded)
            for required, excluded in self.alternatives
            if required or not self.column
        )


def ranks(query: Query, order: Order) -> tuple[Rank, ...]:
    """Whole phrases before scattered terms; titles before heads before bodies; the last rank is the query itself."""
    if order == "newest":
        return (Rank(query.alternatives, ""),)
    phrases = tuple(Alternative(("".join(required),) if required else (), excluded) for required, excluded in query.alternatives)
    return tuple(dict.fromkeys(Rank(said, column) for said in (phrases, query.alternatives) for column in _COLUMNS))


class Ranked(NamedTuple):
    """An entry that fits, with the number of the first rank that it holds."""

    rank: int
    address: Address


@dataclass(frozen=True, slots=True)
class Found:
    """The first entries in order, and how many there are."""

    first: list[Ranked]
    total: int


class Matcher:
    """One query on one library; `allowed` is the set of the items that may be found, None for all.

    Once `cancelled` says yes, the work ends with `Interrupted`.
    """

    def __init__(
        self, library: Library, query: Query, order: Order, allowed: int | None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._library = library
        self._register = library.index.register
        self._ranks = ranks(query, order)
        self._allowed = allowed
        self._cancelled = cancelled

    def found(self, view: IndexView | None, limit: int) -> Found:
        """Find what fits, by a view of the index, or without one by reading every text of the library."""
        if view is None:
            return _joined([], 0, list(self._compared(source.in_order(self._library.database))), limit)
        pending, asked = indexing.pending(self._library, view), plan(self._ranks[-1].alternatives)
        compared = list(self._compared(pending))
        if not asked.exact:
            return _joined([], 0, [*compared, *self._candidates(view, asked, pending)], limit)
        stale = view.keys_of(pending)
        if len(self._ranks) == 1 and self._allowed is None and not stale:
            keys, total = view.newest(asked, limit)
            return _joined([Ranked(0, address) for address in view.addresses(keys)], total, compared, limit)
        total = self._total(view, asked, pending, stale)
        first = list(islice(self._in_order(view, stale), limit)) if total else []
        return _joined(first, total, compared, limit)

    def _total(self, view: IndexView, asked: Plan, pending: Iterable[int], stale: set[int]) -> int:
        """How many entries fit that the index may be believed."""
        if self._allowed is not None:
            return self._register.tally(view, view.every_key(asked)).narrowed(self._allowed & ~mask_of(pending)).total
        return len(set(view.every_key(asked)) - stale) if stale else view.count(asked)

    def tally(self, view: IndexView | None) -> Tally:
        """All hits as they are to be counted."""
        pending = None if view is None else indexing.pending(self._library, view)
        compared = list(self._compared(source.in_order(self._library.database) if pending is None else pending))
        asked = plan(self._ranks[-1].alternatives)
        known = Tally(0)
        if view is not None and pending is not None:
            if asked.exact:
                known = self._register.tally(view, view.every_key(asked)).narrowed(self._acceptable(pending))
            else:
                compared += self._candidates(view, asked, pending)
        own = mask_of(one.address.item for one in compared if one.address.place == "item")
        return Tally(known.mask | own, known.others + tuple(one.address.item for one in compared if one.address.place != "item"))

    def _acceptable(self, pending: Iterable[int]) -> int:
        allowed = self._register.every if self._allowed is None else self._allowed
        return allowed & ~mask_of(pending)

    def _in_order(self, view: IndexView, stale: set[int]) -> Iterator[Ranked]:
        """Yield accepted entries rank by rank, newest first, as asked for."""
        seen = set(stale)
        accepts = self._acceptance(view)
        for number, rank in enumerate(self._ranks):
            fresh = (key for key in view.keys(plan(rank.alternatives, rank.column)) if key not in seen and accepts(key))
            while keys := list(islice(fresh, _AT_ONCE)):
                seen.update(keys)
                yield from (Ranked(number, address) for address in view.addresses(keys))

    def _acceptance(self, view: IndexView) -> Callable[[int], bool]:
        if self._allowed is None:
            return lambda _key: True
        digits = format(self._allowed, "b")[::-1]

        def accepts(key: int) -> bool:
            item = abs(self._register.owners(view, (key,))[0])
            return item < len(digits) and digits[item] == "1"

        return accepts

    def _candidates(self, view: IndexView, asked: Plan, pending: frozenset[int]) -> Iterator[Ranked]:
        """Entries that the index finds likely and comparison confirms."""
        likely = set(view.addresses(view.every_key(asked)))
        items = {address.item for address in likely}.difference(pending)
        return (one for one in self._compared(items) if one.address in likely)

    def _compared(self, items: Iterable[int]) -> Iterator[Ranked]:
        """Entries of items that fit, as the library has them now."""
        wanted = items if self._allowed is None else items_in(mask_of(items) & self._allowed)
        for text in source.each_text(self._library.database, wanted):
            if self._cancelled and self._cancelled():
                raise Interrupted
            for (place, mark), body in indexing.bodies_of(text).items():
                if self._ranks[-1].holds({"": body}):
                    yield Ranked(self._rank(text, place, body), Address(text.item, place, mark, day_of(text.date)))

    def _rank(self, text: ItemText, place: Place, body: str) -> int:
        """The first rank of what holds the last one."""
        last = len(self._ranks) - 1
        columns = indexing.columns_of(text, place, body) if last else {}
        return next((number for number, rank in enumerate(self._ranks[:last]) if rank.holds(columns)), last)


def _joined(first: list[Ranked], total: int, compared: list[Ranked], limit: int) -> Found:
    if compared:
        first = sorted([*first, *compared], key=lambda one: (one.rank, -one.address.day))[:limit]
    return Found(first, total + len(compared))
