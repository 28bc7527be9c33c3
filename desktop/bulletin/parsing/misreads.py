"""What text recognition probably misread: shown to the reader as a doubt, never altered.

Only signs that ordinary prose does not show: an English joining word between Chinese ones, a noun printed twice on end, an
element whose Chinese name and symbol disagree, a page whose characters are hardly ever used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMES = (
    "氢氦锂铍硼碳氮氧氟氖钠镁铝硅磷硫氯氩钾钙钪钛钒铬锰铁钴镍铜锌镓锗砷硒溴氪铷锶钇锆铌钼锝钌铑钯银镉铟锡锑碲碘氙铯钡镧"
    "铈镨钕钷钐铕钆铽镝钬铒铥镱镥铪钽钨铼锇铱铂金汞铊铅铋钋砹氡钫镭锕钍镤铀镎钚镅"
)
_SYMBOLS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh "
    "Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr "
    "Ra Ac Th Pa U Np Pu Am"
)
_ELEMENTS = dict(zip(_NAMES, _SYMBOLS.split(" "), strict=True))
_ISOTOPE = re.compile(r"([\u4e00-\u9fff])\s*[-—–]\s*(\d{1,3})\s*[（(]\s*([A-Z][a-z]?)\s*[-—–]\s*(\d{1,3})\s*[)）]")
_JOINING = re.compile(r"(?<=[\u4e00-\u9fff])\s*(?:and|or|of|the|for|with)\s*(?=[\u4e00-\u9fff])", re.IGNORECASE)
_AROUND = 4
_TWICE = re.compile(r"(目标|任务|措施|技术|产业|企业|项目|平台|机制|体系|创新|科技|政策|资金|成果|人才|领域|重点)\1")

_EVERYDAY = frozenset(
    bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) if (high, low) < (0xD7, 0xFA)
)
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_FOREIGN = re.compile("[\u0080-\u00b6\u00b8-\u00d6\u00d8-\u024f\u0400-\u2fff\ua000-\ud7ff]")
_FEWEST = 20
_LEAST_EVERYDAY = 0.6
_MOST_FOREIGN = 0.3
_HARMLESS = frozenset("—–‘’“”…·•●○■□◆◇★☆▲△►▶【】〔〕①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ℃‰⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁻─━‥⋯→←↑↓√×÷≥≤≈≠±")


def misreads(text: str) -> Iterator[tuple[int, str]]:
    """The doubtful words in a passage, with a little of what stands around them, and the offset at which they begin."""
    for match in _ISOTOPE.finditer(text):
        name, symbol = match[1], match[3]
        if match[2] == match[4] and _ELEMENTS.get(name, symbol) != symbol:
            yield match.start(), match[0]
    for match in _JOINING.finditer(text):
        yield match.start(), text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    for match in _TWICE.finditer(text):
        yield match.start(), match[0]


def is_garbled(text: str) -> bool:
    """Whether the characters of a page can hardly be what its glyphs show (a false ToUnicode table)."""
    ideographs = _IDEOGRAPH.findall(text)
    if len(ideographs) >= _FEWEST:
        return sum(map(_EVERYDAY.__contains__, ideographs)) < _LEAST_EVERYDAY * len(ideographs)
    foreign = sum(1 for char in _FOREIGN.findall(text) if char not in _HARMLESS)
    return foreign >= _FEWEST and foreign > _MOST_FOREIGN * len(text)
