"""Sets the passages that differ as one page: what is gone struck through, what is new underlined, so that it reads without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from desktop.archive.comparing import KINDS, ItemChange, PassageChange, segments
from desktop.ui.colors import mix
from desktop.ui.theme import Theme

_KEPT = 24  # characters of what stayed that are shown on each side of a change


def page(changes: Sequence[ItemChange], theme: Theme) -> str:
    """The page as HTML; the place of change `i` is linked as "i", of its passage `j` as "i.j"."""
    shown = [(at, change) for at, change in enumerate(changes) if change.kind != "same"]
    if not shown:
        return f'<p style="color:{theme.faint}">两份文件的文字相同（空白、全半角和引号样式不计）。</p>'
    return "".join(part for at, change in shown for part in _item(at, change, theme))


def _item(at: int, change: ItemChange, theme: Theme) -> Iterator[str]:
    title = escape(change.title)
    linked = title if change.kind == "dropped" else f'<a href="{at}" style="color:{theme.text}">{title}</a>'
    yield f'<p style="margin:14px 0 4px 0"><span style="color:{theme.accent}">{KINDS[change.kind]}</span>　<b>{linked}</b></p>'
    for number, passage in enumerate(change.passages):
        place = f' <a href="{at}.{number}" style="color:{theme.faint}">转到</a>' if passage.after else ""
        yield f'<p style="margin:0 0 6px 16px;line-height:150%">{"".join(_runs(passage, theme))}{place}</p>'


def _runs(passage: PassageChange, theme: Theme) -> Iterator[str]:
    runs = list(segments(passage))
    tint = mix(theme.accent, theme.surface, 0.14).name()
    for at, (kind, text) in enumerate(runs):
        if kind == "same":
            yield escape(_shortened(text, first=at == 0, last=at == len(runs) - 1))
        elif kind == "dropped":
            yield f'<s style="color:{theme.faint}">{escape(text)}</s>'
        else:
            yield f'<u style="background-color:{tint}">{escape(text)}</u>'


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """A run that stayed: near its changes in full, with a sign for what is left out."""
    before, after = ("" if first else text[:_KEPT]), ("" if last else text[-_KEPT:])
    return text if len(text) <= len(before) + len(after) + 2 else f"{before}……{after}"
