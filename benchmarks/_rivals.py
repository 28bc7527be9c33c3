"""What our search is measured against: other ways to find the newest fifty items, each with its exact total.

A LIKE scan of the stored texts, SQLite's own trigram index, and tantivy over the same pairs of characters as ours (measured
only where the package `tantivy` is installed; the program does not need it).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db import index_source
from db.index_tokens import pairs
from desktop.archive import finding
from desktop.archive.library import Library
from desktop.bulletin import query as grammar
from desktop.bulletin.folding import fold

try:
    import tantivy
except ImportError:
    tantivy = None

PAGE = 50


class Like:
    """The newest 50 and the total by LIKE over the raw texts, as a program without an index would do."""

    name = "LIKE scan, newest 50"

    def __init__(self, library: Library) -> None:
        self._connection = sqlite3.connect(library.folder / "library.db")

    def page(self, typed: str) -> int:
        where, values = _conditions(typed, "text")
        ids = self._connection.execute(
            f"SELECT item.id FROM item JOIN issue ON issue.id = issue WHERE {where} ORDER BY date DESC", values
        )
        found = [row[0] for row in ids]
        shown = ",".join("?" * len(found[:PAGE]))
        self._connection.execute(f"SELECT title, text FROM item WHERE id IN ({shown})", found[:PAGE]).fetchall()
        return len(found)


def _conditions(typed: str, column: str) -> tuple[str, list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    for required, excluded in grammar.parse(typed).alternatives:
        parts = [f"{column} LIKE ?"] * len(required) + [f"{column} NOT LIKE ?"] * len(excluded)
        conditions.append(f"({' AND '.join(parts)})")
        values += [f"%{term.replace('%', '')}%" for term in required + excluded]
    return " OR ".join(conditions), values


def folded_texts(library: Library) -> Iterator[tuple[int, str]]:
    """Every item with its folded text, oldest first."""
    ids = index_source.in_order(library.database)
    for text in index_source.each_text(library.database, ids):
        yield text.item, fold(text.text)


def show(library: Library, items: list[int], typed: str) -> None:
    """Read items and make their snippets, as our own page does."""
    asked = grammar.parse(typed)
    list(finding.hits_of_items(library, items, asked))


class Trigram:
    """FTS5's trigram tokenizer over the folded texts; what is shorter than three characters is a scan of those."""

    name = "FTS5 trigram, newest 50"

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        self._connection = sqlite3.connect(folder / "trigram.db")
        self._connection.execute("CREATE TABLE folded (number INTEGER PRIMARY KEY, item INTEGER, text TEXT)")
        self._connection.execute(
            "CREATE VIRTUAL TABLE grams USING fts5 (text, content = 'folded', content_rowid = 'number', tokenize = 'trigram')"
        )
        self._connection.executemany("INSERT INTO folded (item, text) VALUES (?, ?)", folded_texts(library))
        self._connection.execute("INSERT INTO grams (grams) VALUES ('rebuild')")
        self._connection.commit()

    def page(self, typed: str) -> int:
        terms = [term for required, excluded in grammar.parse(typed).alternatives for term in required + excluded]
        if min(map(len, terms)) < 3:
            where, values = _conditions(typed, "text")
            rows = self._connection.execute(f"SELECT item FROM folded WHERE {where} ORDER BY number DESC", values)
        else:
            asked = " OR ".join(self._match(*alternative) for alternative in grammar.parse(typed).alternatives)
            found = self._connection.execute(
                "SELECT rowid FROM grams WHERE grams MATCH ? ORDER BY rowid DESC", (asked,)
            ).fetchall()
            shown = ",".join(str(number) for (number,) in found[:PAGE])
            items = self._connection.execute(f"SELECT item FROM folded WHERE number IN ({shown}) ORDER BY number DESC").fetchall()
            show(self._library, [item for (item,) in items], typed)
            return len(found)
        items = rows.fetchall()
        show(self._library, [item for (item,) in items[:PAGE]], typed)
        return len(items)

    def _match(self, required: tuple[str, ...], excluded: tuple[str, ...]) -> str:
        def quoted(term: str) -> str:
            return '"' + term.replace('"', '""') + '"'

        return "(" + " AND ".join(map(quoted, required)) + "".join(f" NOT {quoted(term)}" for term in excluded) + ")"


class Tantivy:
    """tantivy over our pairs of characters, as phrases, ordered by date; totals exact."""

    name = "tantivy, our pairs, newest 50"

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", tokenizer_name="whitespace")
        builder.add_integer_field("number", fast=True)
        builder.add_integer_field("item", stored=True)
        self._schema = builder.build()
        place = folder / "tantivy"
        place.mkdir()
        self._index = tantivy.Index(self._schema, path=str(place))
        writer = self._index.writer(200_000_000, 1)
        for number, (item, text) in enumerate(folded_texts(library)):
            writer.add_document(tantivy.Document(body=pairs(text), number=number, item=item))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def page(self, typed: str) -> int:
        searcher = self._index.searcher()
        found = searcher.search(self._query(typed), PAGE, count=True, order_by_field="number")
        items = [searcher.doc(address)["item"][0] for _, address in found.hits]
        show(self._library, items, typed)
        return int(found.count)

    def _query(self, typed: str) -> Any:
        occur = tantivy.Occur
        alternatives = []
        for required, excluded in grammar.parse(typed).alternatives:
            parts = [(occur.Must, self._phrase(term)) for term in required]
            alternatives.append(tantivy.Query.boolean_query(parts + [(occur.MustNot, self._phrase(term)) for term in excluded]))
        return tantivy.Query.boolean_query([(occur.Should, one) for one in alternatives])

    def _phrase(self, term: str) -> Any:
        words = pairs(term).split()
        if len(words) == 1:
            return tantivy.Query.regex_query(self._schema, "body", f"{words[0][0]}.")
        if len(words) == 2:
            return tantivy.Query.term_query(self._schema, "body", words[0])
        return tantivy.Query.phrase_query(self._schema, "body", list(words[:-1]))


def rivals(library: Library, folder: Path) -> Iterator[Any]:
    """Each rival, ready to be asked; says so where one is not to be had."""
    yield Like(library)
    yield Trigram(library, folder)
    if tantivy is None:
        print("tantivy is not installed: pip install tantivy to measure against it")
    else:
        yield Tantivy(library, folder)
