"""Addresses name issues, items and points the way people type them."""

from __future__ import annotations

import pytest

from db.records import ItemRecord
from desktop.archive import addresses
from desktop.archive.library import Library
from desktop.errors import NotFound, WrongUsage


@pytest.mark.parametrize(
    ("typed", "ordinal", "point"), [("1.1", 1, None), ("1.2", 2, None), ("1.1.2", 1, 2), (" 1.1 ", 1, None), ("１．１．２", 1, 2)]
)
def test_an_address_finds_its_item_and_point(
    library: Library, items: list[ItemRecord], typed: str, ordinal: int, point: int | None
):
    target = addresses.resolve(library, typed)
    assert (target.item, target.point) == (items[ordinal - 1], point)
    assert addresses.resolve(library, addresses.address(target.item, target.point)) == target


@pytest.mark.parametrize("typed", ["1.9", "9.1", "1.1.9", "1.2.1"])
def test_what_does_not_exist_is_not_found(library: Library, items: list[ItemRecord], typed: str):
    with pytest.raises(NotFound):
        addresses.resolve(library, typed)


@pytest.mark.parametrize("typed", ["", "1", "a.b", "1.1.1.1", "1..1", "-1.1", "1.１a"])
def test_what_is_no_address_is_wrong_usage(library: Library, items: list[ItemRecord], typed: str):
    with pytest.raises(WrongUsage):
        addresses.resolve(library, typed)


def test_an_issue_has_the_first_number(library: Library, items: list[ItemRecord]):
    assert addresses.resolve_issue(library, "1").id == items[0].issue
    with pytest.raises(NotFound):
        addresses.resolve_issue(library, "2")
    with pytest.raises(WrongUsage):
        addresses.resolve_issue(library, "1.1")
