"""A unit's own page settings as data: read from a plain table, checked against what a page can hold, and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from desktop.errors import KnownError
from desktop.memo.layout import DEFAULT, PAGE_HEIGHT_MM, PAGE_WIDTH_MM, PageNumbers, Profile, Typefaces

LIMITS = {"line": (22.0, 40.0), "top": (10.0, 60.0), "bottom": (15.0, 60.0), "left": (10.0, 50.0), "right": (10.0, 50.0)}
_NAMES = {"line": "行距", "top": "上边距", "bottom": "下边距", "left": "左边距", "right": "右边距"}
FACES = tuple(one.name for one in fields(Typefaces))

Value = str | float | bool


def profile_of(table: Mapping[str, object]) -> Profile:
    """A profile from a table as `table_of` writes it; what is missing or of another type is as the standard has it.

    Raises `KnownError` for measures that no page can hold.
    """
    changes: dict[str, object] = {}
    for name, (least, most) in LIMITS.items():
        value = table.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if not least <= value <= most:
                raise KnownError(f"{_NAMES[name]}应在{least:g}到{most:g}之间，请改正。")
            changes[name] = float(value)
    if isinstance(table.get("second_level_bold"), bool):
        changes["second_level_bold"] = table["second_level_bold"]
    if isinstance(table.get("digit_font"), str):
        changes["digit_font"] = table["digit_font"]
    if table.get("page_numbers") in [*PageNumbers]:
        changes["page_numbers"] = PageNumbers(str(table["page_numbers"]))
    faces = {name: str(table[name]).strip() for name in FACES if isinstance(table.get(name), str) and str(table[name]).strip()}
    profile = replace(DEFAULT, typefaces=replace(DEFAULT.typefaces, **faces), **changes)  # type: ignore[arg-type]
    if PAGE_WIDTH_MM - profile.left - profile.right < 100 or PAGE_HEIGHT_MM - profile.top - profile.bottom < 150:
        raise KnownError("页边距过大，版心放不下正文，请减小页边距。")
    return profile


def table_of(profile: Profile) -> dict[str, Value]:
    """What of a profile differs from the standard."""
    found: dict[str, Value] = {}
    for name in (*LIMITS, "second_level_bold", "digit_font", "page_numbers"):
        if getattr(profile, name) != getattr(DEFAULT, name):
            value = getattr(profile, name)
            found[name] = value.value if isinstance(value, PageNumbers) else value
    for name in FACES:
        if getattr(profile.typefaces, name) != getattr(DEFAULT.typefaces, name):
            found[name] = getattr(profile.typefaces, name)
    return found
