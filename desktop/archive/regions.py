"""Where an item's news comes from: 部委, 省外 or 省内, and the province or city it speaks of.

The section's name decides the level where it says so (省外速览); otherwise the first place or national body named in the
title, then in the lead. The names are data: `resources/fields/regions.json`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from desktop.bulletin.model import Item, PassageKind
from desktop.paths import RESOURCES

NATIONAL, OUTSIDE, INSIDE = "部委", "省外", "省内"


@dataclass(frozen=True)
class Regions:
    """The names of places and bodies, as read from the data file."""

    data: dict[str, Any]

    @classmethod
    def load(cls, file: Path = RESOURCES / "fields" / "regions.json") -> Self:
        """Read the names."""
        return cls(json.loads(file.read_text(encoding="utf-8")))

    def locate(self, section: str, item: Item) -> tuple[str, str]:
        """Level ("" when nothing tells) and region ("" for national news and where no place is named)."""
        leads = item.of_kind(PassageKind.LEAD)
        texts = (item.title, leads[0].text if leads else "")
        level = self._level_of_section(section) or self._level_of_texts(texts)
        return level, self._region(level, texts)

    def _level_of_section(self, section: str) -> str:
        levels: dict[str, list[str]] = self.data["levels"]
        return next((level for level, words in levels.items() if any(word in section for word in words)), "")

    def _level_of_texts(self, texts: tuple[str, ...]) -> str:
        for text in texts:
            if self._bodies.search(text):
                return NATIONAL
            places = self._places_in(text)
            if any(place in self._inside for place in places) or any(word in text for word in self.data["home_words"]):
                return INSIDE
            if places:
                return OUTSIDE
        return ""

    def _region(self, level: str, texts: tuple[str, ...]) -> str:
        """The first place that fits the level; news from inside is the province's own when no city is named."""
        home: str = self.data["home"]
        found = [place for text in texts for place in self._places_in(text)]
        if level == INSIDE:
            return next((place for place in found if place in self._inside and place != home), home)
        if level == OUTSIDE:
            return next((place for place in found if place not in self._inside), "")
        return ""

    def _places_in(self, text: str) -> list[str]:
        return self._places.findall(text)

    @cached_property
    def _inside(self) -> frozenset[str]:
        home: str = self.data["home"]
        return frozenset({home, *self.data["cities"][home]})

    @cached_property
    def _places(self) -> re.Pattern[str]:
        cities = [city for cities in self.data["cities"].values() for city in cities]
        not_after: dict[str, str] = self.data["not_after"]
        names = [(f"(?<!{not_after[name]})" if name in not_after else "") + name for name in (*self.data["provinces"], *cities)]
        return re.compile("|".join(names))

    @cached_property
    def _bodies(self) -> re.Pattern[str]:
        return re.compile("|".join(self.data["national_bodies"]))
