"""How each sample issue is printed, and what its text lost on the way: one row an issue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.press import Layout
from tests.samples.transcript import Blemishes

FOLDER = Path(__file__).parents[2] / "resources" / "samples"
_RESIDUE = ("二是推广创业担保贷款。", "三是畅通投资退出渠道。")


@dataclass(frozen=True)
class Print:
    """One sample: its layout in print and the blemishes of its text file."""

    number: int
    layout: Layout
    blemishes: Blemishes

    def path(self, suffix: str) -> Path:
        """The committed file: `.json`, `.pdf` or `.txt`."""
        return FOLDER / f"issue-{self.number}{suffix}"


PRINTS = (
    Print(
        901,
        Layout(),
        Blemishes(
            marker="({}) ",
            marker_on={4: "（{}）"},
            spaced=frozenset({2, 4, 7, 8}),
            respelled={"“一张清单”": "“一张清单” "},
            doubled=frozenset({7}),
            wrapped=True,
        ),
    ),
    Print(
        902,
        Layout(bold=_RESIDUE),
        Blemishes(
            leader=".....",
            bullet="- {}",
            loose_contents=True,
            marker_on={3: "({})"},
            spaced=frozenset(range(2, 9)),
            respelled={"（2024": " （2024", "”跨国": "” 跨国"},
            residue=_RESIDUE,
        ),
    ),
    Print(
        903,
        Layout(),
        Blemishes(leader=".....\t", bullet="●{}\t", spaced=frozenset({4, 5, 6}), respelled={"—2027": "—2027 "}),
    ),
)
