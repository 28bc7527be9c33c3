"""Keeping the search index in step with the library, by the library's own journal.

What the journal tells to have changed is first put on the index's list, then taken off item by item, so that work may stop at
any moment. What is on the list is not believed from the index but read from the library (`desktop.archive.finding`).
"""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from typing import Final

from db import index_source as source
from db.errors import Damaged, StorageError
from db.index import SearchIndex
from db.index_source import ItemText
from db.index_tokens import Column
from db.index_view import Entry, IndexBatch, IndexView, Place
from desktop.archive.correcting import readings
from desktop.archive.library import Library
from desktop.bulletin.folding import fold

SEARCH_VERSION: Final = 3  # raised whenever folding or the cutting into entries changes
_BATCH: Final = 50
_ATTEMPTS: Final = 3  # a damaged file once, a worn one once

Progress = Callable[[int, int], None]
_APART: Final = "\u2063"  # between the heads of an item; folding removes it from texts

Part = tuple[Place, str]  # which text of an item: its place, and the mark uid or ""


def claimed(library: Library) -> SearchIndex:
    """Return the library's index, held to be of this library and of the present folding."""
    index = library.index
    if not index.is_claimed:
        index.claim(f"{SEARCH_VERSION}/{unicodedata.unidata_version}/{library.database.uid}")
    return index


def texts_of(item: ItemText) -> dict[Part, str]:
    """Texts that can be found of an item, as they are, by place and mark: its own, notes, quotes that lost their place."""
    texts: dict[Part, str] = {("item", ""): item.text}
    for mark in item.marks:
        texts |= {("note", mark.uid): mark.note, ("mark", mark.uid): mark.quote}
    return {part: text for part, text in texts.items() if text or part[0] == "item"}


def bodies_of(item: ItemText) -> dict[Part, str]:
    """The same texts folded.

    What an item says with its errata read into it stands after its own text: it is found by either.
    """
    found = {part: fold(said) for part, said in texts_of(item).items()}
    for reading in readings(item.text, item.errata) if item.errata else ():
        found["item", ""] += _APART + fold(reading.text)
    return found


def columns_of(item: ItemText, place: Place, body: str) -> dict[Column, str]:
    """A folded text of an item with what of it stands in the title and in heads of points."""
    if place != "item":
        return {"title": "", "head": "", "": body}
    return {"title": fold(item.title), "head": heads_of(item), "": body}


def parts_of(item: ItemText) -> dict[Part, dict[Column, str]]:
    """All of that for each text of an item."""
    return {part: columns_of(item, part[0], body) for part, body in bodies_of(item).items()}


def heads_of(item: ItemText) -> str:
    """The folded heads of an item's points (“一是…”), apart from each other."""
    return _APART.join(fold(passage["head"]) for passage in json.loads(item.passages) if passage.get("head"))


def catch_up(
    library: Library,
    *,
    seconds: float | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bool:
    """Index what is not indexed yet: all of it, or as much as fits into some seconds. Returns whether nothing is left.

    `progress(done, total)` and `cancelled()` are called between batches of items. An index that cannot be used at present
    (no room, locked) is left alone: searching then reads the library itself.
    """
    until = None if seconds is None else time.monotonic() + seconds

    def is_over() -> bool:
        return bool((until is not None and time.monotonic() >= until) or (cancelled and cancelled()))

    index = claimed(library)
    try:
        for _ in range(_ATTEMPTS):
            try:
                if _is_in_step(library, index):
                    return True
                note_changes(library, index)
                if not _is_worn(index):
                    return _work_off(library, index, is_over, progress)
            except Damaged:
                pass
            renew(index)
    except StorageError:
        pass  # searching reads the library instead
    return False


def _is_in_step(library: Library, index: SearchIndex) -> bool:
    """Whether there is nothing to do: asked before every search."""
    with index.reading() as view:
        return not view.todo(1) and not view.worn() and view.position == source.position(library.database)


def note_changes(library: Library, index: SearchIndex) -> None:
    """Put on the index's list what the journal tells to have changed. Raises `StorageError`."""
    now = source.position(library.database)
    with index.reading() as view:
        if view.position == now:
            return
    with index.writing() as batch:
        changed = changed_items(library, batch)
        known = source.in_order(library.database, changed)
        batch.look_at([*known, *changed.difference(known)])
        batch.reach(now)


def pending(library: Library, view: IndexView) -> frozenset[int]:
    """Items for which the view is not to be believed."""
    todo = frozenset(view.todo())
    return todo if view.position == source.position(library.database) else todo | changed_items(library, view)


def renew(index: SearchIndex) -> None:
    """Throw the index away, unless another program holds it; it is filled again by and by."""
    with suppress(StorageError):
        index.discard()


def changed_items(library: Library, view: IndexView) -> frozenset[int]:
    """Items whose texts changed after the view's position: all, where that position is not of this history."""
    since = source.changes_since(library.database, view.position)
    if since is None:
        return frozenset(source.in_order(library.database)) | view.items()
    return since.texts


def _is_worn(index: SearchIndex) -> bool:
    with index.reading() as view:
        return view.worn()


def _work_off(library: Library, index: SearchIndex, is_over: Callable[[], bool], progress: Progress | None) -> bool:
    with index.reading() as view:
        total = len(view.todo())
    done = 0
    while done < total:
        if is_over():
            return False
        done += _index_batch(library, index) or total
        if progress:
            progress(min(done, total), total)
    return True


def _index_batch(library: Library, index: SearchIndex) -> int:
    """Index the next few items on the list; how many they were.

    The library is read while the index is locked, so that of two programs the later one writes the later state.
    """
    with index.writing() as batch:
        items = batch.todo(_BATCH)
        texts = {text.item: text for text in source.texts(library.database, items)}
        for item in items:
            _bring_up(batch, item, texts.get(item))
            batch.looked_at(item)
    return len(items)


def _bring_up(batch: IndexBatch, item: int, text: ItemText | None) -> None:
    """Make an item's entries what its texts are: none for an item that is gone."""
    wanted = {} if text is None else _stamped(text)
    former = batch.entries_of(item)
    for part, (key, stamp) in former.items():
        if part not in wanted or wanted[part][0] != stamp:
            batch.remove(key)
    for part, (stamp, said) in wanted.items():
        if text is not None and (part not in former or former[part][1] != stamp):
            batch.add(Entry(item, *part, text.date, stamp, said["title"], said["head"], said[""]))


def _stamped(text: ItemText) -> dict[Part, tuple[bytes, dict[Column, str]]]:
    return {part: (_stamp(text, said), said) for part, said in parts_of(text).items()}


def _stamp(text: ItemText, said: dict[Column, str]) -> bytes:
    return blake2b("\n".join((text.date, *said.values())).encode(), digest_size=8).digest()


def verify(library: Library) -> list[str]:
    """Compare the index with the library, text by text, and mend it; what was wrong, in plain sentences.

    Texts that are merely not indexed yet are no fault.
    """
    index = claimed(library)
    problems = index.problems()
    if problems:
        renew(index)
        catch_up(library)
        return [f"检索索引已损坏，已重新建立（{problems[0]}）。"]
    try:
        note_changes(library, index)
        wrong = _mend(library, index)
    except StorageError as failure:
        return [f"检索索引暂时不能使用（{failure}），检索会变慢，结果不受影响。"]
    catch_up(library)
    return [f"检索索引中有 {wrong} 条与正文不一致，已重新编入。"] if wrong else []


def _mend(library: Library, index: SearchIndex) -> int:
    """Put every item whose entries are wrong, and that is not on the list anyway, on the list; how many they were."""
    with index.writing() as batch:
        wrong = set(_wrong_items(library, batch)).difference(batch.todo())
        batch.look_at(wrong)
    return len(wrong)


def _wrong_items(library: Library, view: IndexView) -> Iterator[int]:
    ids = source.in_order(library.database)
    yield from view.items().difference(ids)
    for text in source.each_text(library.database, ids):
        wanted = {part: stamp for part, (stamp, _) in _stamped(text).items()}
        if wanted != {part: stamp for part, (_, stamp) in view.entries_of(text.item).items()}:
            yield text.item
