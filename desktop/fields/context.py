"""How far a hit speaks for the passage: words in mixed lists, in names of bodies and before another subject's word say little.

Three habits of official prose would otherwise tag everything: 在A、B、C等领域 names fields in passing; a university, company or
department carries a field in its name; and in a compound the last word says what the thing is (低空经济智算中心 is a computing
centre). Each is a rule of language, not of any single field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.fields.matching import Hit

MIXED_LIST = 0.2
PLAIN_LIST = 0.7
BODY_NAME = 0.25
MODIFIER = 0.4

_CLAUSE_ENDS = re.compile(r"[。;!?,:]")
_REACH = 4  # characters between a listed word and the next 、 (先进功能材料|领域、)
_BODY = re.compile(
    r"[^\W\d_a-z和与及的在、]{0,4}?(?:大学|学院|公司|集团|研究院|研究所|设计院|医院|银行|协会|学会|商会|委员会|管委会|联盟|出版社|日报)"
)
_NOT_A_BODY = re.compile(r"企业|联合|支持|推动|建设|领域|产业学院")


def dampings(folded: str, hits: Sequence[Hit]) -> list[float]:
    """For each hit of a folded passage the share (0 … 1) at which it counts."""
    listed = _listed(folded, hits)
    return [
        listed.get(at, 1.0)
        * (BODY_NAME if _in_body_name(folded, hit) else 1.0)
        * (MODIFIER if _modifies(hit, hits[at + 1] if at + 1 < len(hits) else None) else 1.0)
        for at, hit in enumerate(hits)
    ]


def _in_body_name(folded: str, hit: Hit) -> bool:
    found = _BODY.match(folded, hit.end)
    return found is not None and not _NOT_A_BODY.search(found.group())


def _modifies(hit: Hit, following: Hit | None) -> bool:
    if following is None or following.start != hit.end or following.field == hit.field:
        return False
    return following.term.weight >= hit.term.weight


def _listed(folded: str, hits: Sequence[Hit]) -> dict[int, float]:
    """The hits that stand in an enumeration, with their share: little where the list names several fields."""
    shares: dict[int, float] = {}
    for start, end in _enumerations(folded):
        inside = [
            at for at, hit in enumerate(hits) if start <= hit.start and hit.end <= end and _is_element(folded, hit, start, end)
        ]
        mixed = len({hits[at].field for at in inside}) > 1
        shares |= dict.fromkeys(inside, MIXED_LIST if mixed else PLAIN_LIST)
    return shares


def _enumerations(folded: str) -> Iterator[tuple[int, int]]:
    """Clauses with a list: two 、 or more, or one and 等."""
    start = 0
    for border in [*(found.start() for found in _CLAUSE_ENDS.finditer(folded)), len(folded)]:
        clause = folded[start:border]
        commas = clause.count("、")
        if commas >= 2 or (commas == 1 and "等" in clause):
            yield start, border
        start = border + 1


def _is_element(folded: str, hit: Hit, start: int, end: int) -> bool:
    """Whether the hit is one of the listed words: a 、 close before it, or close behind it."""
    before, after = folded[max(start, hit.start - _REACH) : hit.start], folded[hit.end : min(end, hit.end + _REACH)]
    return "、" in before or "、" in after
