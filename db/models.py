"""The tables as peewee sees them, private to this package.

They serve only to build queries. Keys, checks and indexes are laid by the migrations in plain SQL, and no model is bound to
a database: a query is always run on the connection it is handed to, so two libraries can be open at once.
"""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BooleanField, IntegerField, Model, TextField


class Table(Model):
    """What all tables share: a row id that is never used twice, and the class name in lower case as name."""

    id = AutoField()

    class Meta:
        """peewee's settings, inherited by every table: IssueFile is `issue_file`."""

        legacy_table_names = False


class Issue(Table):
    """A document of the library."""

    uid = TextField()
    kind = TextField()
    title = TextField()
    year = IntegerField()
    number = TextField()
    date = TextField()
    issuers = TextField()
    classification = TextField(null=True)
    sha256 = TextField()
    extension = TextField()
    file_name = TextField()
    pages = IntegerField()
    text_version = TextField()
    imported_at = TextField()
    structure = TextField()


class IssueFile(Table):
    """A further file of an issue: the same identity, other bytes. The one in force stands in the issue."""

    issue = IntegerField()
    sha256 = TextField()
    extension = TextField()
    file_name = TextField()
    imported_at = TextField()


class Item(Table):
    """An item with its canonical text."""

    uid = TextField()
    issue = IntegerField()
    ordinal = IntegerField()
    section = TextField()
    depth = IntegerField()
    title = TextField()
    page = IntegerField(null=True)
    level = TextField()
    region = TextField()
    read_at = TextField(null=True)
    starred = BooleanField()
    text = TextField()
    passages = TextField()


class Mark(Table):
    """A highlight or underline."""

    uid = TextField()
    item = IntegerField()
    start = IntegerField()
    end = IntegerField()
    quote = TextField()
    prefix = TextField()
    suffix = TextField()
    color = TextField()
    style = TextField()
    note = TextField()
    text_version = TextField()
    anchored = BooleanField()
    author = TextField()
    created_at = TextField()
    updated_at = TextField()


class Tag(Table):
    """A field on an item, a point or a mark."""

    uid = TextField()
    item = IntegerField()
    point = IntegerField(null=True)
    mark = TextField(null=True)
    field = TextField()
    subfield = TextField()
    vocabulary = TextField()
    created_at = TextField()


class Refusal(Table):
    """A suggestion the reader turned down."""

    item = IntegerField()
    point = IntegerField(null=True)
    field = TextField()
    created_at = TextField()


class Memo(Table):
    """A memo project."""

    uid = TextField()
    name = TextField()
    options = TextField()
    created_at = TextField()
    updated_at = TextField()


class MemoEntry(Table):
    """An excerpt in a memo's basket."""

    uid = TextField()
    memo = TextField()
    position = IntegerField()
    item = IntegerField()
    point = IntegerField(null=True)
    mark = TextField(null=True)
    comment = TextField()


class Journal(Table):
    """One committed operation, undo or redo."""

    uid = TextField()
    at = TextField()
    action = TextField()
    name = TextField()
    kinds = TextField()
    items = TextField()


class UndoStep(Table):
    """The row images of one undoable operation."""

    name = TextField()
    session = TextField()
    merge_key = TextField()
    undone = BooleanField()
    images = TextField()


class Vocabulary(Table):
    """A field vocabulary of the library's own; the newest is in force."""

    version = TextField()
    content = TextField()
    imported_at = TextField()


class Deletion(Table):
    """A deleted mark (with what the trash keeps of it) or tag."""

    kind = TextField()
    key = TextField()
    item = IntegerField()
    deleted_at = TextField()
    content = TextField()


class LearningStart(Table):
    """The last tag and refusal that suggestions do not learn from any more."""

    last_tag = IntegerField()
    last_refusal = IntegerField()


class SavedSearch(Table):
    """A search that the reader saved; `narrowing` is JSON that this package does not look into."""

    uid = TextField()
    query = TextField()
    narrowing = TextField()
    created_at = TextField()


class Correction(Table):
    """The reader's correction of an item: where a paragraph begins, or which characters are wrong."""

    uid = TextField()
    item = IntegerField()
    kind = TextField()
    start = IntegerField()
    quote = TextField()
    prefix = TextField()
    suffix = TextField()
    replacement = TextField()
    author = TextField()
    created_at = TextField()


class Revision(Table):
    """A comparison of two files of an issue; `content` is JSON that this package does not look into."""

    uid = TextField()
    issue = IntegerField()
    made_at = TextField()
    former = TextField()
    file = TextField()
    content = TextField()


class Library(Table):
    """The library's own identity: one row."""

    uid = TextField()
    created_at = TextField()


ALL: tuple[type[Table], ...] = (
    Issue,
    IssueFile,
    Item,
    Mark,
    Tag,
    Refusal,
    Memo,
    MemoEntry,
    Vocabulary,
    Deletion,
    LearningStart,
    SavedSearch,
    Correction,
    Revision,
    Journal,
    UndoStep,
    Library,
)


def name(table: type[Table]) -> str:
    """The table's name in SQL."""
    found: str = table._meta.table_name  # noqa: SLF001 - peewee's documented way to what it knows of a model
    return found


def columns(table: type[Table]) -> dict[str, Any]:
    """The table's columns by name."""
    found: dict[str, Any] = table._meta.fields  # noqa: SLF001 - as above
    return found
