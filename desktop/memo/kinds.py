"""The kinds of memo as data: 信息摘编, 要情摘报, 专报, 领导参阅, 呈阅件, and what a unit adds as files of its own.

A kind is one JSON file (`docs/memo.md` lists its keys). It says how title and lead-in are worded, which own texts are asked for and
where they stand, and whether there is a red head, a sheet on top, a 版记, a table of sources and a closing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.errors import KnownError, NotFound
from desktop.memo.model import Grouping, Imprint, Memo, OwnText, RedHead, SheetRow
from desktop.memo.wording import chinese_date, issue_spans, lead_in
from desktop.paths import RESOURCES

BUILT_IN = RESOURCES / "memo" / "kinds"
OWN, RECEIVERS = "own:", "imprint:"  # what the settings of a memo are called: "own:编者按", "imprint:报"
SETTINGS = ("kind", "title", "period", "addressee", "lead_in", "unit", "date", "grouping", "table", "closing", "number", "head_name",
            "copies", "contact", "watermark", "classification", "mark")  # fmt: skip
_PLACES = ("before", "after", "sheet")
_EXPLAINED = "说明"
_EXPLANATIONS = {
    "name": "文种的名称；与系统自带的同名时，以这里的为准",
    "purpose": "用途，一句话",
    "title": "标题的写法，{期刊}、{领域} 按内容填写",
    "lead_in": "导语的写法，可用 {期刊}、{领域}、{条数}、{时段}",
    "grouping": "分组：field 按领域，level 按层级，level-outside 省外在前，level-inside 省内在前，region 按地区，issue 按期号，none 不分组；不写则自动",
    "period、table、closing、contact": "标题下的时段、附件目录、落款、联系人印不印：true 或 false",
    "red_head": "红色版头的名称 name 和字号 size（磅）；没有版头的不写",
    "own_texts": "要填写的自己的话：name 是名称，place 是位置（before 摘录前，after 摘录后，sheet 呈阅单上）",
    "imprint": "版记里的栏目，如 报、送、发；没有版记的不写",
    "sheet": "首页呈阅单的各行：label 是栏名，fill 是填什么（sources 来源，title 标题，contact 联系人，或自己的话的名称，空为留白），height 是行高（毫米）",
}


class InvalidKind(KnownError):
    """A file of a kind that cannot be used; the sentence names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of memo. `own_texts` are (name, place); `sheet` rows are (label, what fills it, height in millimetres)."""

    name: str
    purpose: str = ""
    title: str = "{期刊}{领域}信息摘编"
    lead_in: str = ""
    grouping: Grouping | None = None
    period: bool = True
    table: bool = True
    closing: bool = True
    contact: bool = False
    head_name: str = ""
    head_size: float = 44.0
    own_texts: tuple[tuple[str, str], ...] = ()
    imprint: tuple[str, ...] = ()
    sheet: tuple[tuple[str, str, float], ...] = ()


def _own_texts(raw: Any) -> tuple[tuple[str, str], ...]:
    found = tuple((str(one["name"]), str(one.get("place", "before"))) for one in raw)
    if any(place not in _PLACES for _, place in found):
        raise ValueError
    return found


def kind_of(raw: Mapping[str, Any]) -> Kind:
    """A kind from its JSON. Raises KeyError, TypeError or ValueError for what is none."""
    head = raw.get("red_head") or {}
    flags = {name: bool(raw[name]) for name in ("period", "table", "closing", "contact") if name in raw}
    words = {name: str(raw[name]) for name in ("purpose", "title", "lead_in") if name in raw}
    if not str(raw["name"]).strip():
        raise ValueError
    return Kind(
        name=str(raw["name"]).strip(),
        grouping=Grouping(raw["grouping"]) if raw.get("grouping") else None,
        head_name=str(head.get("name", "")),
        head_size=float(head.get("size", 44.0)),
        own_texts=_own_texts(raw.get("own_texts", ())),
        imprint=tuple(map(str, raw.get("imprint", ()))),
        sheet=tuple((str(row["label"]), str(row.get("fill", "")), float(row.get("height", 14))) for row in raw.get("sheet", ())),
        **flags,  # type: ignore[arg-type]
        **words,  # type: ignore[arg-type]
    )


def _read(file: Path) -> Kind:
    try:
        return kind_of(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidKind(f"摘编模板“{file.name}”不能使用，请对照说明改正，或把它移出模板文件夹。") from error


def load(own: Path | None = None) -> tuple[Kind, ...]:
    """The built-in kinds, then those of a folder; one of the same name takes the place of the built-in. Raises `InvalidKind`."""
    files = [*sorted(BUILT_IN.glob("*.json")), *(sorted(own.glob("*.json")) if own and own.is_dir() else ())]
    return tuple({kind.name: kind for kind in map(_read, files)}.values())


def copied(name: str, new_name: str, own: Path) -> Path:
    """A unit's own file made from a kind, with each key explained in it. Raises `NotFound`, `KnownError` where it cannot be written."""
    words = "".join(char for char in new_name if char not in '\\/:*?"<>|' and char.isprintable()).strip(" .")
    if not words:
        raise KnownError("请给文种起一个名称。")
    files = [*sorted(own.glob("*.json")), *sorted(BUILT_IN.glob("*.json"))]
    source = next((file for file in files if _read(file).name == name), None)
    if source is None:
        raise NotFound(f"没有“{name}”这个文种，请从列表中选择。")
    raw = json.loads(source.read_text(encoding="utf-8")) | {"name": words, _EXPLAINED: _EXPLANATIONS}
    target = own / f"{words}.json"
    try:
        own.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            json.dump(raw, file, ensure_ascii=False, indent=1)
    except FileExistsError as error:
        raise KnownError(f"已有名为“{words}”的文种，请换一个名称。") from error
    except OSError as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)  # half a file would make all kinds unusable
        raise KnownError(f"不能写入“{target}”，请检查文件夹的权限和磁盘空间。") from error
    return target


def named(name: str, kinds: Sequence[Kind]) -> Kind:
    """The kind of a name, the first for none. Raises `NotFound`."""
    found = next((kind for kind in kinds if kind.name == name), None) if name else kinds[0]
    if found is None:
        raise NotFound(f"没有“{name}”这种摘编，可用的有{'、'.join(kind.name for kind in kinds)}。")
    return found


def _texts(kind: Kind, values: Mapping[str, str], place: str) -> tuple[OwnText, ...]:
    names = [name for name, where in kind.own_texts if where == place]
    return tuple(OwnText(f"【{name}】", values[OWN + name]) for name in names if values.get(OWN + name, "").strip())


def _flag(values: Mapping[str, str], name: str, *, usual: bool) -> bool:
    return values[name] == "on" if values.get(name) else usual


def _sheet(kind: Kind, memo: Memo, values: Mapping[str, str]) -> tuple[SheetRow, ...]:
    filled = {"sources": issue_spans(memo.excerpts), "title": memo.title, "contact": values.get("contact", "")}
    filled |= {name: values.get(OWN + name, "") for name, _ in kind.own_texts}
    if not filled.get("内容摘要", "").strip():
        filled["内容摘要"] = lead_in(memo)
    return tuple(SheetRow(label, filled.get(fill, ""), height) for label, fill, height in kind.sheet)


def _imprint(kind: Kind, memo: Memo, values: Mapping[str, str]) -> Imprint | None:
    if not kind.imprint:
        return None
    copies = values.get("copies", "").strip()
    right = f"共印{copies}份" if copies.isdigit() else f"{chinese_date(memo.date)}印发"
    return Imprint(tuple((label, values.get(RECEIVERS + label, "")) for label in kind.imprint), memo.unit, right)


def _number(text: str) -> str:
    """`12` as `第12期`; anything else as it was written."""
    return f"第{text.strip()}期" if text.strip().isdigit() else text.strip()


def dressed(memo: Memo, kind: Kind, values: Mapping[str, str]) -> Memo:
    """The memo in the form of a kind, with what was set for it (`SETTINGS`, `OWN`, `RECEIVERS`)."""
    head_name = values.get("head_name") or kind.head_name
    memo = replace(
        memo,
        kind=kind.name,
        period=values.get("period") or (memo.period if kind.period else ""),
        lead_in=values.get("lead_in") or kind.lead_in,
        with_table=_flag(values, "table", usual=kind.table),
        with_closing=_flag(values, "closing", usual=kind.closing),
        contact=values.get("contact", "") if kind.contact else "",
        watermark=values.get("watermark", ""),
        preface=_texts(kind, values, "before"),
        postscript=_texts(kind, values, "after"),
        red_head=RedHead(head_name, _number(values.get("number", "")), memo.unit, memo.date, kind.head_size)
        if head_name
        else None,
        imprint=_imprint(kind, memo, values),
    )
    return replace(memo, sheet=_sheet(kind, memo, values))


def title_of(kind: Kind, publication: str, topic: str) -> str:
    """The title as the kind words it."""
    return kind.title.replace("{期刊}", publication).replace("{领域}", topic)
