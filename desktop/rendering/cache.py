"""Which page images are at hand, and which go when room is needed: least recently used first, those in view never.

Small images are what is shown of a page at once wherever the reader jumps: they go only after all large ones, as long as they
take no more than half of the room.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass

from desktop.rendering.arena import Arena, Extent
from desktop.rendering.protocol import ImageKey

_SMALL = 512 << 10  # bytes of an image


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in the arena: RGB, 3 bytes a pixel, `stride` bytes a row; `data` is a view of the mapping, not a copy.

    Valid until the window next asks for room: paint it, never keep it.
    """

    key: ImageKey
    width: int
    height: int
    stride: int
    data: memoryview


@dataclass(frozen=True, slots=True)
class _Entry:
    extent: Extent
    width: int
    height: int
    stride: int


class ImageCache:
    """Images by key over an arena; the arena's size is the budget."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._entries: OrderedDict[ImageKey, _Entry] = OrderedDict()
        self._of_page: dict[int, list[ImageKey]] = {}
        self._small_bytes = 0

    def __contains__(self, key: ImageKey) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def has_page(self, page: int, rotation: int) -> bool:
        """Whether any image of the whole page, turned like this, is at hand."""
        return any(key.clip is None and key.rotation == rotation for key in self._of_page.get(page, ()))

    def reserve(self, key: ImageKey, keep: Container[ImageKey]) -> Extent | None:
        """Room for an image, made by dropping what is not in `keep`; None, and nothing dropped, when that cannot suffice."""
        if not self._could_fit(key.room, keep):
            return None
        extent = self._take(key)
        for old in self._by_worth(self._too_many_small(key), keep):
            if extent is not None:
                break
            self._drop(old)
            extent = self._take(key)
        return extent

    @property
    def room_for_small(self) -> int:
        """Bytes that small images may take before they are dropped like others."""
        return self._arena.budget // 2

    def _take(self, key: ImageKey) -> Extent | None:
        return None if self._too_many_small(key) else self._arena.take(key.room, at_end=_is_small(key))

    def _too_many_small(self, key: ImageKey) -> bool:
        return _is_small(key) and self._small_bytes + key.room > self.room_for_small

    def _by_worth(self, small_first: bool, keep: Container[ImageKey]) -> list[ImageKey]:
        """What may be dropped, the least worth first."""
        spare = [key for key in self._entries if key not in keep]
        return sorted(spare, key=lambda key: _is_small(key) != small_first)

    def _could_fit(self, room: int, keep: Container[ImageKey]) -> bool:
        """Whether there is a gap long enough between the images to keep, were all others gone."""
        kept = sorted((entry.extent for key, entry in self._entries.items() if key in keep), key=lambda extent: extent.offset)
        starts = [0, *(extent.offset + extent.length for extent in kept)]
        ends = [*(extent.offset for extent in kept), self._arena.budget]
        return any(end - start >= room for start, end in zip(starts, ends, strict=True))

    def release(self, extent: Extent) -> None:
        """Give back room that was reserved and not filled."""
        self._arena.give_back(extent)

    def put(self, key: ImageKey, extent: Extent, width: int, height: int, stride: int) -> None:
        """Enter an image that now stands in its reserved room."""
        if key in self._entries:
            self._drop(key)
        self._entries[key] = _Entry(extent, width, height, stride)
        self._of_page.setdefault(key.page, []).append(key)
        self._small_bytes += extent.length if _is_small(key) else 0

    def get(self, key: ImageKey) -> Picture | None:
        """The image, which thereby counts as used."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return Picture(key, entry.width, entry.height, entry.stride, self._arena.view(entry.extent))

    def stand_in(self, key: ImageKey) -> Picture | None:
        """The best other image of the whole page, turned the same way: the smallest that is larger, else the largest."""
        others = [k for k in self._of_page.get(key.page, ()) if k.clip is None and k.rotation == key.rotation and k != key]
        larger = [k for k in others if k.width >= key.width]
        best = min(larger, key=lambda k: k.width) if larger else max(others, key=lambda k: k.width, default=None)
        return self.get(best) if best else None

    def clips(self, key: ImageKey) -> list[Picture]:
        """The parts at hand of the page at exactly this size, oldest first."""
        alike = [
            k
            for k in self._of_page.get(key.page, ())
            if k.clip and (k.width, k.height, k.rotation) == (key.width, key.height, key.rotation)
        ]
        return [picture for picture in map(self.get, alike) if picture]

    def clear(self) -> None:
        """Drop every image."""
        for key in list(self._entries):
            self._drop(key)

    def _drop(self, key: ImageKey) -> None:
        extent = self._entries.pop(key).extent
        self._arena.give_back(extent)
        self._small_bytes -= extent.length if _is_small(key) else 0
        self._of_page[key.page].remove(key)


def _is_small(key: ImageKey) -> bool:
    return key.clip is None and key.room <= _SMALL
