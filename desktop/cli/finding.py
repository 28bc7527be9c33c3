"""search and suggest."""

from __future__ import annotations

import argparse
import functools
import re
from pathlib import Path
from typing import Any

from desktop.archive import addresses, catalogue, finding, sifting, suggesting
from desktop.archive.library import Library
from desktop.bulletin.parsing import parse
from desktop.cli.documents import number_json
from desktop.cli.output import print_json, progress_line, say
from desktop.cli.passphrases import open_library
from desktop.errors import ExitCode, WrongUsage
from desktop.fields.jsonform import load_vocabulary
from desktop.fields.suggest import Suggestion, suggest_text
from desktop.fields.words import Words
from desktop.readers import read

_WHERE = {"title": "标题", "body": "正文", "note": "批注", "mark": "划线", "correction": "勘误"}


def iso_date(text: str | None) -> str | None:
    """An ISO date from 2025-9-1, 2025/9/1 or 2025年9月1日; None for None."""
    if text is None:
        return None
    found = re.fullmatch(r"\s*(\d{4})\D(\d{1,2})\D(\d{1,2})\D?\s*", text)
    if not found:
        raise WrongUsage(f"日期“{text}”看不懂，请写成 2025-09-19。")
    year, month, day = (int(part) for part in found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise WrongUsage(f"日期“{text}”不存在，请写成 2025-09-19。")
    return f"{year:04}-{month:02}-{day:02}"


def _hit_json(hit: finding.Hit) -> dict[str, Any]:
    return {
        "issue": str(hit.issue.id), "number": number_json(hit.issue.number), "date": hit.issue.date, "section": hit.item.section,
        "item": addresses.address(hit.item), "title": hit.item.title, "in": hit.where, "mark": hit.mark, "snippet": hit.snippet,
        "ranges": [list(span) for span in hit.ranges], "start": hit.start, "end": hit.end,
    }  # fmt: skip


def _filters(arguments: argparse.Namespace, library: Library) -> finding.Filters:
    return finding.Filters(
        field=library.vocabulary.field(arguments.field).name if arguments.field else None,
        section=arguments.section,
        region=arguments.region,
        date_from=iso_date(arguments.date_from),
        date_to=iso_date(arguments.date_to),
        marked=arguments.marked,
    )


@functools.cache
def _words() -> Words:
    return Words(())


def _cut(folded: str) -> list[tuple[int, int]]:
    """The words of a text. The dictionary is opened for the first hit: a search that finds nothing does not wait for it."""
    return _words().cut(folded)


def run_search(arguments: argparse.Namespace) -> ExitCode:
    """Full text over bodies, titles and notes."""
    with open_library(arguments) as library:
        filters, order = _filters(arguments, library), arguments.order
        page = finding.search(library, arguments.query, filters, limit=arguments.limit, order=order, cut=_cut)
    if arguments.json:
        print_json(
            {
                "query": page.query,
                "total": page.total,
                "ms": round(page.ms, 1),
                "hits": [_hit_json(hit) for hit in page.hits],
                "facets": page.facets,
            }
        )
        return ExitCode.DONE
    say(f"共 {page.total} 处")
    for hit in page.hits:
        say(
            f"{addresses.address(hit.item)}\t第{hit.issue.number}期 {hit.issue.date}\t{hit.item.title}\t[{_WHERE[hit.where]}] {hit.snippet}"
        )
    return ExitCode.DONE


def suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as the contract has it."""
    return {
        "field": suggestion.field,
        "subfield": suggestion.subfield or None,
        "score": round(suggestion.score, 3),
        "evidence": [
            {"term": e.term, "count": e.count, "in": e.where, "places": [list(place) for place in e.places]}
            for e in suggestion.evidence
        ],
    }


def _of_file(path: Path, title: str) -> list[Suggestion]:
    pages = read(path)
    lines = [line.text for page in pages.pages for line in page.lines]
    if not title:
        first = next((item for section in parse(pages).sections for item in section.items), None)
        title = first.title if first else ""
    return list(suggest_text(title, "\n".join(lines), load_vocabulary()))


def _waiting(arguments: argparse.Namespace) -> ExitCode:
    """What is suggested in the whole library and neither tagged nor refused."""
    with open_library(arguments) as library:
        field = library.vocabulary.field(arguments.field).name if arguments.field else ""
        show = progress_line()
        found = sifting.waiting(library, field=field, progress=(lambda done, total: show(done, total, "")) if show else None)
        places = {one.item: addresses.address(catalogue.item(library, one.item)) for one in found}
    if arguments.json:
        print_json(
            [
                {"item": places[one.item], "title": one.title, "field": one.field, "subfield": one.subfield, "score": one.score}
                for one in found
            ]
        )
        return ExitCode.DONE
    for one in found:
        name = one.field + (f"›{one.subfield}" if one.subfield else "")
        say(f"{places[one.item]}\t{name}\t{one.score:.2f}\t{one.title}\t依据 {'、'.join(one.words)}")
    if not found:
        say("没有建议而未标的条目。")
    return ExitCode.DONE


def run_suggest(arguments: argparse.Namespace) -> ExitCode:
    """Fields with score and evidence for an item, a point or a text file."""
    if arguments.everything:
        return _waiting(arguments)
    if bool(arguments.item) == bool(arguments.text_file):
        raise WrongUsage("请给出一个条目编号，或用 --text-file 给出一个文本文件。")
    if arguments.text_file:
        suggestions = _of_file(Path(arguments.text_file), arguments.title)
    else:
        with open_library(arguments) as library:
            target = addresses.resolve(library, arguments.item)
            suggestions = suggesting.suggest(library, target.item.id, point=target.point)
    if arguments.json:
        print_json([suggestion_json(suggestion) for suggestion in suggestions])
        return ExitCode.DONE
    for suggestion in suggestions:
        name = suggestion.field + (f"›{suggestion.subfield}" if suggestion.subfield else "")
        words = " ".join(f"{e.term}×{e.count}" for e in suggestion.evidence)
        say(f"{name}\t{suggestion.score:.2f}\t依据 {words}")
    if not suggestions:
        say("没有合适的领域建议。")
    return ExitCode.DONE
