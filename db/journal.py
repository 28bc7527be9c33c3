"""Every change to data is one operation: its rows, its undo step and its journal row in one transaction, or none of them.

An undo step holds row images: of each row touched, the columns before and after. Undoing writes the former images in
reverse order, redoing the latter in order, and both are journalled operations themselves, so they survive a restart. Steps
form one line: an undoable operation drops the undone steps above it. Operations outside the line (imports, the read state)
touch only rows and columns that no step holds, and therefore leave the line alone.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

import peewee

from db import models
from db.changes import Changes, Kind
from db.connection import Connection, Row
from db.errors import HistoryMismatch
from db.times import now

STEPS_KEPT: Final = 200

_KINDS: Final[dict[type[models.Table], Kind]] = {
    models.Issue: Kind.ISSUES,
    models.IssueFile: Kind.ISSUES,
    models.Item: Kind.ISSUES,
    models.Mark: Kind.MARKS,
    models.Tag: Kind.TAGS,
    models.Refusal: Kind.REFUSALS,
    models.Memo: Kind.MEMOS,
    models.MemoEntry: Kind.MEMOS,
    models.Vocabulary: Kind.VOCABULARY,
    models.Deletion: Kind.MARKS,
    models.SavedSearch: Kind.SEARCHES,
    models.Correction: Kind.CORRECTIONS,
    models.Revision: Kind.ISSUES,
    models.LearningStart: Kind.REFUSALS,  # suggestions change, as they do by a refusal
}
_BY_TABLE: Final = {models.name(table): table for table in _KINDS}
_READING: Final = frozenset({"read_at", "starred"})

Action = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Image:
    """One row before and after a change.

    `before` is None for a row that was made, `after` for one that was deleted; for an altered row both hold the altered
    columns only. `item` is the item the row belongs to, if any.
    """

    table: str
    id: int
    item: int | None
    before: Row | None
    after: Row | None

    @property
    def kind(self) -> Kind:
        """The kind of things this row is one of; an item's reading columns count apart."""
        altered = self.before is not None and self.after is not None
        if self.table == "item" and altered and _READING.issuperset(self.after or {}):
            return Kind.READING
        return _KINDS[_BY_TABLE[self.table]]


_PARTS: Final = tuple(part.name for part in fields(Image))

# What every undoable operation asks of the line of steps, as wording and parameters.
_STEP: Final = models.UndoStep
_LAST_STEP: Final = _STEP.select(_STEP.id, _STEP.undone, _STEP.merge_key, _STEP.session).order_by(_STEP.id.desc()).limit(1).sql()
_DROP_UNDONE: Final = _STEP.delete().where(_STEP.undone).sql()
_NEWEST_TOO_MANY: Final = _STEP.select(_STEP.id).order_by(_STEP.id.desc()).limit(1).offset(STEPS_KEPT)
_DROP_OLDEST: Final = _STEP.delete().where(_STEP.id <= _NEWEST_TOO_MANY).sql()


class Operation:
    """The rows that one operation writes. Every write goes through here, so that its image is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.images: list[Image] = []
        self.forgets_history = False

    def rows(self, query: peewee.Query) -> list[Row]:
        """Rows as they are within the operation."""
        return self._connection.rows(query)

    def found(self, model: type[models.Table], **equal: Any) -> list[Row]:
        """Whole rows whose columns equal these values, none of which is None."""
        return self._connection.found(model, equal)

    def insert(self, model: type[models.Table], **values: Any) -> int:
        """Make a row; returns its id."""
        row_id = self._connection.insert(model, values)
        row = {"id": row_id, **values}
        self._keep(model, row, None, row)
        return row_id

    def update(self, model: type[models.Table], row_id: int, **values: Any) -> None:
        """Alter the columns that differ; nothing at all when none does."""
        self.alter(model, self._row(model, row_id), **values)

    def alter(self, model: type[models.Table], row: Row, **values: Any) -> None:
        """As `update`, of a whole row that was read within the operation."""
        after = {column: value for column, value in values.items() if row[column] != value}
        if after:
            self._connection.update(model, row["id"], after)
            self._keep(model, row, {column: row[column] for column in after}, after)

    def delete(self, model: type[models.Table], row_id: int) -> None:
        """Delete one row. Rows that refer to it must be deleted before."""
        row = self._row(model, row_id)
        self._connection.delete(model, row_id)
        self._keep(model, row, row, None)

    def forget_history(self) -> None:
        """Drop all steps of undo with this operation: for changes that former steps would no longer fit."""
        self.forgets_history = True

    def _row(self, model: type[models.Table], row_id: int) -> Row:
        return self.found(model, id=row_id)[0]

    def _keep(self, model: type[models.Table], row: Row, before: Row | None, after: Row | None) -> None:
        item = row["id"] if model is models.Item else row.get("item")
        self.images.append(Image(models.name(model), row["id"], item, before, after))


class Journal:
    """Records operations, and takes them back and again. `report` is called after each commit, on the thread that wrote."""

    def __init__(self, connection: Connection, report: Callable[[Changes], None]) -> None:
        self._connection = connection
        self._report = report
        self._session = str(uuid.uuid4())

    @contextmanager
    def operation(
        self, name: str, *, initiator: object | None = None, undoable: bool = True, merge: str = ""
    ) -> Iterator[Operation]:
        """One change to data under its Chinese `name` ("添加划线").

        An operation that alters nothing leaves no trace. With `merge`, it joins the latest undo step if that one has the same
        key and was made since the library was opened. An exception within rolls everything back.
        """
        operation = Operation(self._connection)
        with self._connection.transaction():
            yield operation
            if operation.images:
                self._write_row("do", name, operation.images)
            if operation.forgets_history:
                self._connection.write(models.UndoStep.delete())
            if operation.images and undoable:
                self._write_step(name, merge, operation.images)
        self._announce(operation.images, initiator)

    def undo(self, initiator: object | None = None) -> str | None:
        """Take the latest operation back; its name, or None when there is none. Raises `HistoryMismatch`."""
        return self._turn("undo", initiator)

    def redo(self, initiator: object | None = None) -> str | None:
        """Do the latest undone operation again; its name, or None when there is none. Raises `HistoryMismatch`."""
        return self._turn("redo", initiator)

    def next_name(self, action: Literal["undo", "redo"]) -> str | None:
        """The name of what `undo` or `redo` would act on."""
        step = self._step(action)
        return step["name"] if step else None

    def position(self) -> tuple[int, str]:
        """How far the journal has come: number and uid of its last row; (0, "") at the beginning. For indexes and backups."""
        last = self._connection.rows(models.Journal.select().order_by(models.Journal.id.desc()).limit(1))
        return (last[0]["id"], last[0]["uid"]) if last else (0, "")

    def _step(self, action: Literal["undo", "redo"]) -> Row | None:
        step = models.UndoStep
        order = step.id.desc() if action == "undo" else step.id.asc()
        found = self._connection.rows(step.select().where(step.undone == (action == "redo")).order_by(order).limit(1))
        return found[0] if found else None

    def _turn(self, action: Literal["undo", "redo"], initiator: object | None) -> str | None:
        with self._connection.transaction():
            step = self._step(action)
            if step is None:
                return None
            images = _images(step["images"])
            self._apply(images if action == "redo" else [_reversed(image) for image in reversed(images)])
            self._connection.write(models.UndoStep.update(undone=action == "undo").where(models.UndoStep.id == step["id"]))
            self._write_row(action, step["name"], images)
        self._announce(images, initiator)
        name: str = step["name"]
        return name

    def _apply(self, images: list[Image]) -> None:
        try:
            written = [self._connection.write(_query(image)) for image in images]
        except peewee.IntegrityError as error:
            raise HistoryMismatch(str(error)) from error
        if not all(written):
            raise HistoryMismatch("a row of the undo step is gone or has changed")

    def _write_row(self, action: Action, name: str, images: list[Image]) -> None:
        kinds = sorted({image.kind.value for image in images})
        items = sorted({image.item for image in images if image.item is not None})
        values = {
            "uid": str(uuid.uuid4()),
            "at": now(),
            "action": action,
            "name": name,
            "kinds": ",".join(kinds),
            "items": json.dumps(items),
        }
        self._connection.insert(models.Journal, values)

    def _write_step(self, name: str, merge: str, images: list[Image]) -> None:
        last = self._connection.run(*_LAST_STEP).fetchone()
        if last and last[1]:  # undone steps lie above all others
            self._connection.run(*_DROP_UNDONE)
            last = self._connection.run(*_LAST_STEP).fetchone()
        if merge and last and last[2:] == (merge, self._session):
            former = self._connection.found(_STEP, {"id": last[0]})[0]["images"]
            self._connection.update(_STEP, last[0], {"images": _json(_joined(_images(former), images))})
            return
        values = {"name": name, "session": self._session, "merge_key": merge, "undone": False, "images": _json(images)}
        self._connection.insert(_STEP, values)
        self._connection.run(*_DROP_OLDEST)

    def _announce(self, images: list[Image], initiator: object | None) -> None:
        if images:
            items = frozenset(image.item for image in images if image.item is not None)
            self._report(Changes(frozenset(image.kind for image in images), initiator, items))


def _query(image: Image) -> peewee.Query:
    """What brings a row from `before` to `after`; touches no row when the row is not as `before` says."""
    model = _BY_TABLE[image.table]
    if image.before is None:
        return model.insert(**image.after or {})
    here = model.id == image.id
    for column, value in image.before.items():
        if image.after is None and column in _READING:
            continue  # an item to be removed may have been read since
        field = models.columns(model)[column]
        here &= field.is_null() if value is None else field == value
    return model.delete().where(here) if image.after is None else model.update(**image.after).where(here)


def _reversed(image: Image) -> Image:
    return Image(image.table, image.id, image.item, image.after, image.before)


def _joined(former: list[Image], latter: list[Image]) -> list[Image]:
    """Two steps as one; a row altered in both keeps its first `before` and its last `after`."""
    joined = list(former)
    for image in latter:
        at = next((at for at, other in enumerate(joined) if _both_alter(other, image)), None)
        if at is None:
            joined.append(image)
        else:
            first = joined[at]
            before, after = {**(image.before or {}), **(first.before or {})}, {**(first.after or {}), **(image.after or {})}
            joined[at] = Image(image.table, image.id, image.item, before, after)
    return joined


def _both_alter(one: Image, other: Image) -> bool:
    same = (one.table, one.id) == (other.table, other.id)
    return same and None not in (one.before, one.after, other.before, other.after)


def _json(images: list[Image]) -> str:
    return json.dumps([{part: getattr(image, part) for part in _PARTS} for image in images], ensure_ascii=False)


def _images(text: str) -> list[Image]:
    """The images of a stored step. Raises `HistoryMismatch` for a step that does not speak of our tables and columns."""
    images = [Image(**image) for image in json.loads(text)]
    for image in images:
        columns = {*(image.before or {}), *(image.after or {})}
        if image.table not in _BY_TABLE or not columns <= set(models.columns(_BY_TABLE[image.table])):
            raise HistoryMismatch("an undo step of unknown form")
    return images
