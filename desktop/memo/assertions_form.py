"""Assertions 1–16 on a written .docx: the package and what it must not tell, the page, the fonts.

Each is a function that returns what does not hold, as short Chinese phrases; nothing where all is well. Numbers and limits are
those of the checklist in `docs/memo.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from desktop.memo import layout
from desktop.memo.layout import ALTERNATIVES, Profile
from desktop.memo.model import Memo
from desktop.memo.outline import Block, BlockKind, blocks, printed
from desktop.memo.wordml import Element
from desktop.memo.written import Written, WrittenRun, attributes_of

BODY_STYLES = ("LeadIn", "Comment", "Excerpt", "SourceNote", "SourceLine", "CrossReference")
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TERMS = "{http://purl.org/dc/terms/}"
_PRIVATE = re.compile(r"[A-Z]:\\[^\s<\"]*|/home/[^\s<\"]*|/Users/[^\s<\"]*|file://[^\s<\"]*")
_AMBIGUOUS = frozenset("“”‘’—…·")
_LIMIT = 30  # twips of tolerance where two roundings meet


@dataclass(frozen=True)
class Paper:
    """A written file beside what it should be."""

    written: Written
    memo: Memo
    profile: Profile

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What should be printed."""
        return blocks(self.memo)

    def expected(self, *kinds: BlockKind) -> tuple[Block, ...]:
        """The blocks of some kinds."""
        return tuple(block for block in self.blocks if block.kind in kinds)


def _near(name: str, found: str | int | None, wanted: int, limit: int) -> list[str]:
    value = int(found or 0)
    return [] if abs(value - wanted) <= limit else [f"{name}为{value}，应为{wanted}"]


def sound_package(paper: Paper) -> list[str]:
    """1. No external link, macro, custom data or embedded object; that it opens and parses is seen on reading."""
    found = [name for name in paper.written.parts if re.search(r"vbaProject|customXml|embeddings|oleObject", name)]
    found += [name for name, part in paper.written.parts.items() if b'TargetMode="External"' in part]
    return [f"含有{name}" for name in found]


def clean_properties(paper: Paper) -> list[str]:
    """2. The file tells nobody's name but the unit's, and no template's."""
    core, unit = paper.written.roots["docProps/core.xml"], printed(paper.memo.unit)[:255]
    wrong = [tag for tag in (_DC + "creator", _CP + "lastModifiedBy") if (core.findtext(tag) or "") not in ("", unit)]
    found = ["作者信息不是本单位"] if wrong else []
    found += ["带有说明文字"] if core.findtext(_DC + "description") else []
    made = datetime.fromisoformat((core.findtext(_TERMS + "created") or "1970-01-01T00:00:00Z").replace("Z", "+00:00"))
    found += [] if abs(datetime.now(UTC) - made) < timedelta(days=1) else ["创建时间不对"]
    return found + (["带有缩略图"] if any("thumbnail" in name for name in paper.written.parts) else [])


def no_traces(paper: Paper) -> list[str]:
    """3. No path of this machine, no revision history, no comment, no hidden text."""
    own = "".join(
        block.text + "".join(map("".join, block.rows)) + "".join(run.note for run in block.runs) for block in paper.blocks
    )
    texts = (part.decode("utf-8", "replace") for part in paper.written.parts.values())
    paths = {path for text in texts for path in _PRIVATE.findall(text) if path not in own}
    traces = {str(e.tag).partition("}")[2] for e in paper.written.elements("ins", "del", "commentReference", "vanish", "rsids")}
    return [f"含有本机路径{path}" for path in sorted(paths)] + [f"含有{name}" for name in sorted(traces)]


def a4(paper: Paper) -> list[str]:
    """4. A4 upright, one section."""
    size = paper.written.section("pgSz")
    one = len(list(paper.written.elements("sectPr"))) == 1 and size.get("orient", "portrait") == "portrait"
    return _near("页宽", size.get("w"), 11906, 2) + _near("页高", size.get("h"), 16838, 2) + ([] if one else ["版面不统一"])


def margins(paper: Paper) -> list[str]:
    """5. 天头 and 订口 (±1 mm), no gutter."""
    found, profile = paper.written.section("pgMar"), paper.profile
    problems = _near("天头", found.get("top"), layout.twips(profile.top), 57)
    problems += _near("订口", found.get("left"), layout.twips(profile.left), 57)
    return problems + _near("装订线", found.get("gutter"), 0, 0)


def type_area(paper: Paper) -> list[str]:
    """6. 版心 156 × 225 mm, or what the profile's margins leave."""
    found, profile = paper.written.section("pgMar"), paper.profile
    width = 11906 - int(found.get("left", 0)) - int(found.get("right", 0))
    height = 16838 - int(found.get("top", 0)) - int(found.get("bottom", 0))
    return _near("版心宽", width, round(profile.width * 20), 6) + _near("版心高", height, round(profile.height * 20), 6)


def grid(paper: Paper) -> list[str]:
    """7. A grid of lines only, of the body's pitch."""
    found = paper.written.section("docGrid")
    right = found.get("type") == "lines" and found.get("linePitch") == str(paper.profile.line_twips) and "charSpace" not in found
    return [] if right else ["行网格不符"]


def exact_pitch(paper: Paper) -> list[str]:
    """8. Every paragraph of the text on the exact line pitch, 22 lines a page at the default."""
    pitch = str(paper.profile.line_twips)
    wanted = {"before": "0", "after": "0", "line": pitch, "lineRule": "exact"}
    twice = wanted | {"line": str(2 * paper.profile.line_twips)}  # the name of a red head
    wrong = [p for p in paper.written.body if p.properties.get("spacing") != (twice if p.style == "HeadName" else wanted)]
    found = [f"{len(wrong)}段的行距不是固定值{paper.profile.line:g}磅"] if wrong else []
    fits = paper.profile.line != layout.DEFAULT.line or 22 * paper.profile.line_twips <= 12756 + _LIMIT
    return found + ([] if fits else ["每页不足22行"])


def body_type(paper: Paper) -> list[str]:
    """9. Body in 3号 of the profile's 仿宋."""
    style = paper.written.style("Body", "rPr")
    sizes = {style.get("sz", {}).get("val"), style.get("szCs", {}).get("val")}
    font = style.get("rFonts", {}).get("eastAsia")
    return ([] if sizes == {"32"} else ["正文不是3号字"]) + (
        [] if font == paper.profile.typefaces.body else [f"正文字体为{font}"]
    )


def no_theme_fonts(paper: Paper) -> list[str]:
    """10. No theme font, which would beat the named one."""
    themed = [
        e for e in paper.written.elements("rFonts") if any("Theme" in str(name) or "cstheme" in str(name) for name in e.attrib)
    ]
    return ["使用了主题字体"] if themed else []


def language(paper: Paper) -> list[str]:
    """11. The language of East Asian text is zh-CN."""
    found = paper.written.style(None, "rPr").get("lang", {}).get("eastAsia")
    return [] if found == "zh-CN" else ["未设为简体中文"]


def _is_wide(run: WrittenRun) -> bool:
    font = run.font
    return font.get("hint") == "eastAsia" or font.get("ascii") == font.get("hAnsi") == font.get("eastAsia")


def wide_punctuation(paper: Paper) -> list[str]:
    """12. Quotes, dashes and dots are set in the Chinese font."""
    wrong = [run.text for run in paper.written.all_runs if not _AMBIGUOUS.isdisjoint(run.text) and not _is_wide(run)]
    return [f"“{text[:12]}”中的标点可能显示为西文" for text in wrong]


def character_spacing(paper: Paper) -> list[str]:
    """13. 28 characters fit a body line; title and page number are not squeezed."""
    written = paper.written
    found = [] if written.style("Body", "rPr").get("spacing", {}).get("val") == "-5" else ["正文字距不符，每行不足28字"]
    squeezed = [name for name in ("Title", "Footer") if "spacing" in written.style(name, "rPr")]
    return found + [f"{name}的字距被压缩" for name in squeezed]


def _name(font: Element) -> str:
    return attributes_of(font)["name"]


def families(paper: Paper) -> list[str]:
    """14. Only the profile's fonts, each in the font table with the name that may stand in for it."""
    allowed = set(paper.profile.typefaces.all)
    used = {run.font.get("eastAsia", "") for run in paper.written.all_runs if run.text}
    names = {_name(e) for e in paper.written.elements("font")}
    named = {_name(e) for e in paper.written.elements("font") if e.find("{*}altName") is not None}
    absent = [family for family in paper.profile.typefaces.all if family not in (named if family in ALTERNATIVES else names)]
    return [f"使用了{name}" for name in sorted(used - allowed)] + [f"字体表缺{name}" for name in absent]


def black(paper: Paper) -> list[str]:
    """15. No colour but the red of a red head."""
    colors = map(attributes_of, paper.written.elements("color"))
    red = paper.memo.red_head is not None
    wrong = [color for color in colors if color.get("val") not in ("auto", "000000", "FF0000") or "themeColor" in color]
    used = [
        run for p in paper.written.body for run in p.runs if run.properties.get("color", {}).get("val") == "FF0000" and run.text
    ]
    inside = {id(run) for p in paper.written.of("HeadName") for run in p.runs} if red else set()
    return ["文字带有颜色"] if wrong or any(id(run) not in inside for run in used) else []


def body_indent(paper: Paper) -> list[str]:
    """16. Body paragraphs: two characters in, justified, no widow control (which would leave lines empty)."""
    found = []
    for p in paper.written.of(*BODY_STYLES):
        indented = p.value("ind", "firstLineChars") == "200" and 600 <= p.number("ind", "firstLine") <= 660
        if not (indented and p.value("jc") == "both" and p.value("widowControl") == "0"):
            found.append(f"“{p.text[:12]}”的缩进或对齐不符")
    return found
