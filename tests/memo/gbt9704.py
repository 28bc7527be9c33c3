"""A second pair of eyes: the thirty-nine XML assertions on a memo, read with zipfile and lxml alone.

It shares no code with the program's own check. `faults(path, memo)` gives (number, what) for all that does not hold.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections import defaultdict
from itertools import pairwise

from lxml import etree

from tests.memo.samples import FIELDS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DC, TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
BODY_FONTS = {"仿宋_GB2312", "仿宋", "FangSong"}
ALLOWED_FONTS = BODY_FONTS | {"楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}
HAN = r"[\u4e00-\u9fff]"
CHINESE = "一二三四五六七八九"


def chinese(number):
    """1 … 99 in Chinese, built the pedestrian way."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens - 1] + "十") + (CHINESE[ones - 1] if ones else "")


def squash(text):
    return re.sub(r"\s", "", text)


def date_in_chinese(iso):
    year, month, day = map(int, iso.split("-"))
    return f"{year}年{month}月{day}日"


class File:
    def __init__(self, path):
        self.package = zipfile.ZipFile(path)
        self.names = self.package.namelist()
        self.raw = {name: self.package.read(name) for name in self.names}
        self.xml = {name: etree.fromstring(data) for name, data in self.raw.items() if name.endswith((".xml", ".rels"))}
        self.document = self.xml["word/document.xml"]
        self.body = self.document.find(W + "body")
        self.styles = {s.get(W + "styleId"): s for s in self.xml["word/styles.xml"].iter(W + "style")}
        self.defaults = self.xml["word/styles.xml"].find(W + "docDefaults")
        self.paragraphs = [P(self, p) for p in self.body.findall(W + "p")]

    def named(self, *names):
        return [p for p in self.paragraphs if p.style_name in names]

    def inherited(self, style_id, kind):
        """Children of pPr/rPr through the chain of styles, nearest last."""
        found = defaultdict(dict)
        if kind == "rPr":
            for child in self.defaults.find(f"{W}rPrDefault/{W}rPr"):
                found[child.tag].update(child.attrib)
        chain, style = [], self.styles.get(style_id)
        while style is not None:
            chain.insert(0, style)
            base = style.find(W + "basedOn")
            style = None if base is None else self.styles.get(base.get(W + "val"))
        for link in chain:
            for child in link.find(W + kind) if link.find(W + kind) is not None else ():
                found[child.tag].update(child.attrib)
        return found

    def footer(self, kind):
        (reference,) = [e for e in self.document.iter(W + "footerReference") if e.get(W + "type") == kind]
        relations = {e.get("Id"): e.get("Target") for e in self.xml["word/_rels/document.xml.rels"]}
        return P(self, self.xml["word/" + relations[reference.get(R + "id")]].find(W + "p"))


class P:
    def __init__(self, file, element):
        self.file, self.element = file, element
        self.ppr = element.find(W + "pPr")
        style = None if self.ppr is None else self.ppr.find(W + "pStyle")
        self.style = "Normal" if style is None else style.get(W + "val")
        self.style_name = file.styles[self.style].find(W + "name").get(W + "val")
        self.look = file.inherited(self.style, "pPr")
        for child in self.ppr if self.ppr is not None else ():
            self.look[child.tag].update(child.attrib)
        self.runs = [Run(self, r) for r in element.iter(W + "r")]
        self.text = "".join(run.text for run in self.runs)

    def get(self, name, attribute="val"):
        return self.look.get(W + name, {}).get(W + attribute)

    def has(self, name):
        return W + name in self.look and self.get(name) not in ("0", "false")

    def is_set(self, fonts, size):
        return all(run.fonts.get("eastAsia") in fonts and run.size == size for run in self.runs if run.text)

    @property
    def bold(self):
        return any(W + "b" in run.look and run.look[W + "b"].get(W + "val") not in ("0", "false") for run in self.runs)


class Run:
    def __init__(self, paragraph, element):
        self.element = element
        rpr = element.find(W + "rPr")
        style = None if rpr is None else rpr.find(W + "rStyle")
        self.style = "" if style is None else style.get(W + "val")
        self.look = paragraph.file.inherited(paragraph.style, "rPr")
        for child in rpr if rpr is not None else ():
            self.look[child.tag].update(child.attrib)
        self.text = "".join("\n" if c.tag == W + "br" else c.text or "" for c in element if c.tag in (W + "t", W + "br"))
        self.fonts = {k.replace(W, ""): v for k, v in self.look.get(W + "rFonts", {}).items()}
        self.size = self.look.get(W + "sz", {}).get(W + "val")
        self.is_tail = bool(self.style) and paragraph.file.styles[self.style].find(W + "name").get(W + "val") == "节选"


def package(f, memo):
    yield 1, not [n for n in f.names if re.search(r"customXml|vbaProject|embed|oleObject|\.bin$", n)]
    yield 1, not any(b"External" in data for data in f.raw.values())
    core = f.xml["docProps/core.xml"]
    people = {core.findtext(DC + "creator") or "", core.findtext(CORE + "lastModifiedBy") or ""}
    yield 2, people <= {"", memo.unit} and not core.findtext(DC + "description")
    created = dt.datetime.fromisoformat(core.findtext(TERMS + "created").replace("Z", "+00:00"))
    yield 2, abs(dt.datetime.now(dt.UTC) - created) < dt.timedelta(days=1)
    yield 2, not [n for n in f.names if "thumbnail" in n]
    everything = b"\n".join(f.raw.values()).decode("utf-8", "replace")
    yield 3, not re.search(r"[A-Z]:\\|/home/|/Users/|file://", everything)
    yield 3, not re.search(r"w:(ins|del|vanish|comment\w*|rsid\w*)[ />=]", everything)


def page(f, memo):
    sections = list(f.document.iter(W + "sectPr"))
    yield 4, len(sections) == 1
    size, margin = sections[0].find(W + "pgSz"), sections[0].find(W + "pgMar")
    get = lambda name: int(margin.get(W + name))  # noqa: E731
    yield 4, abs(int(size.get(W + "w")) - 11906) <= 2
    yield 4, abs(int(size.get(W + "h")) - 16838) <= 2
    yield 4, size.get(W + "orient") in (None, "portrait")
    yield 5, abs(get("top") - 2098) <= 57 and abs(get("left") - 1588) <= 57 and get("gutter") == 0
    yield 6, abs(11906 - get("left") - get("right") - 8844) <= 6
    yield 6, abs(16838 - get("top") - get("bottom") - 12756) <= 6
    grid = sections[0].find(W + "docGrid")
    yield 7, dict(grid.attrib) == {W + "type": "lines", W + "linePitch": "579"}
    for p in f.paragraphs:
        exact = (p.get("spacing", "before"), p.get("spacing", "after"), p.get("spacing", "lineRule"), p.get("spacing", "line"))
        yield 8, exact == ("0", "0", "exact", "1158" if p.style_name == "版头" else "579")
    yield 8, 22 * 579 <= 12756 + 6
    yield 37, abs(get("footer") - 1430) <= 60


def fonts(f, memo):
    body = f.inherited("Body", "rPr")
    yield 9, body[W + "sz"][W + "val"] == body[W + "szCs"][W + "val"] == "32"
    yield 9, body[W + "rFonts"][W + "eastAsia"] in BODY_FONTS
    yield 10, not re.search(rb"w:\w*[tT]heme=", b"".join(data for n, data in f.raw.items() if n.startswith("word/")))
    yield 11, f.defaults.find(f".//{W}lang").get(W + "eastAsia") == "zh-CN"
    everywhere = [Run(P(f, p), r) for root in f.xml.values() for p in root.iter(W + "p") for r in p.iter(W + "r")]
    for run in everywhere:
        if re.search("[“”‘’—…·]", run.text):
            same = run.fonts["ascii"] == run.fonts["hAnsi"] == run.fonts["eastAsia"]
            yield 12, run.fonts.get("hint") == "eastAsia" and same
    yield 13, body[W + "spacing"][W + "val"] == "-5"
    for p in (*f.named("Title", "附件标题"), f.footer("default"), f.footer("even")):
        yield 13, not any(W + "spacing" in run.look for run in p.runs)
    yield 14, {run.fonts["eastAsia"] for run in everywhere if run.text} <= ALLOWED_FONTS
    table = {e.get(W + "name"): e.find(W + "altName") for e in f.xml["word/fontTable.xml"]}
    yield 14, set(table) >= {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}
    yield 14, all(alternative is not None for alternative in table.values())
    for root in f.xml.values():
        for e in root.iter(W + "color"):
            style = e.getparent().getparent()
            head = style.tag == W + "style" and style.find(W + "name").get(W + "val") == "版头"
            yield 15, dict(e.attrib) in ([{W + "val": "FF0000"}] if head else [{W + "val": "auto"}, {W + "val": "000000"}])
    reds = [p for p in f.paragraphs if p.style_name == "版头"]
    yield 15, [p.text for p in reds] == ([memo.red_head.name] if memo.red_head else [])


def headings(f, memo):
    for p in f.named("摘录", "摘要/按语", "导语", "出处", "参见"):
        yield 16, p.get("ind", "firstLineChars") == "200" and 600 <= int(p.get("ind", "firstLine")) <= 660
        yield 16, p.get("jc") == "both" and p.get("widowControl") == "0"
    (title,) = f.named("Title")
    yield 17, title.is_set({"方正小标宋简体"}, "44") and title.get("jc") == "center" and not title.bold
    yield 17, W + "ind" not in title.look and title.text[-1] not in "。，；："
    for line in title.text.split("\n"):
        yield 17, len(line) <= 20 and line.count("《") == line.count("》")
    yield 17, not re.search(r"\d\n\d", title.text)
    yield 17, title.text.replace("\n", "") == memo.title
    numbers, inner = [], []
    for p in f.paragraphs:
        if re.match("[一二三四五六七八九十]+、", p.text):
            yield 18, p.is_set({"黑体"}, "32") and not p.bold and p.get("outlineLvl") == "0"
            numbers.append(p.text.partition("、")[0])
            inner = []
        elif re.match("（[一二三四五六七八九十]+）", p.text):
            yield 19, p.is_set({"楷体_GB2312"}, "32") and not p.bold and p.get("outlineLvl") == "1"
            inner.append(p.text[1 : p.text.index("）")])
            yield 21, bool(numbers) and inner[-1] == chinese(len(inner))
        elif re.match(r"\d+\.|（\d+）", p.text):
            yield 20, p.is_set(BODY_FONTS, "32")
    yield 21, numbers == [chinese(n) for n in range(1, len(numbers) + 1)]
    for p in f.named("heading 1", "heading 2"):
        yield 22, p.has("keepNext")
    yield 22, [p for p in f.paragraphs if p.text][-1].style_name not in ("heading 1", "heading 2")
    yield 23, not {p.text for p in f.named("摘录")} & {p.text for p in f.named("摘要/按语")}
    own = [line for text in memo.preface for line in text.text.splitlines()]
    own += [line for one in memo.excerpts for line in one.comment.splitlines()]
    own += [line for text in memo.postscript for line in text.text.splitlines()]
    yield 23, [re.sub("^【.+?】", "", p.text) for p in f.named("摘要/按语")] == own


def quoted(p):
    return "".join(run.text for run in p.runs if not run.is_tail)


def fidelity(f, memo):
    wanted = [paragraph for one in memo.excerpts for paragraph in one.paragraphs]
    printed = [quoted(p) for p in f.named("摘录")]
    yield 24, printed == [re.sub("¹", "", text) for text in wanted]
    sources = [one for one in memo.excerpts for _ in one.paragraphs]
    for text, one in zip(printed, sources, strict=False):
        yield 24, squash(text) in squash(one.source_text.replace("¹", ""))
    for p in f.named("摘录", "heading 1", "heading 2"):
        yield 25, not re.search(rf"\*\*|\t|  |\u3000|{HAN} [!-~]|[!-~] {HAN}|{HAN}\(|\({HAN}", p.text)
    flat = [group.heading for group in memo.groups] == [""]
    level = "heading 1" if flat else "heading 2"
    titles = [re.sub("^（.+?）|^[一二三四五六七八九十]+、", "", p.text) for p in f.named(level)]
    yield 26, [title.removesuffix("（节选）") for title in titles] == [one.title for one in memo.excerpts]
    cut = [bool("（节选）" in title) for title in titles]
    tails = {i: p.runs[-1].text for i, p in enumerate(f.named("摘录")) if p.runs[-1].is_tail}
    yield 26, set(tails.values()) <= {"……（节选）"}
    yield 26, sum(cut) + len(tails) == sum(one.partial for one in memo.excerpts)
    lines = [p for p in f.paragraphs if p.style_name in (level, "出处")]
    yield 27, [p.style_name for p in lines] == [level, "出处"] * len(memo.excerpts)
    for p, one in zip(f.named("出处"), memo.excerpts, strict=False):
        place = re.search(r"《望江创新内参》第(\d+)期，(\d{4}年[1-9]\d?月[1-9]\d?日)", p.text)
        yield 27, bool(place) and place[1] == one.source.number and place[2] == date_in_chinese(one.source.date)
    if flat:
        numbered = [chinese(n) + "、" for n in range(1, len(memo.excerpts) + 1)] if len(memo.excerpts) > 1 else [""]
        yield 28, all(p.text.startswith(number) for p, number in zip(f.named("heading 1"), numbered, strict=True))
        yield 18, all(p.is_set({"黑体"}, "32") and p.get("outlineLvl") == "0" for p in f.named("heading 1"))
        yield 19, not f.named("heading 2")
    groups = [""] if flat else [p.text.partition("、")[2] for p in f.named("heading 1")]
    yield 28, groups == [group.heading for group in memo.groups] and len(set(groups)) == len(groups)
    fields = [FIELDS.index(name) for name in groups if name in FIELDS]
    yield 28, fields == sorted(fields)
    kinds = [p.style_name for p in f.named("heading 1", "heading 2")]
    yield 28, flat or not any(a == b == "heading 1" for a, b in pairwise(kinds))
    yield from notes(f, memo)
    lead = "".join(p.text for p in f.named("导语"))
    yield 30, int(re.search(r"(\d+)[条篇]", lead)[1]) == len(memo.excerpts)
    issues = sorted(int(one.source.number) for one in memo.excerpts)
    named = [int(number) for number in re.findall(r"第(\d+)期", lead)]
    yield 30, named in ([issues[0], issues[-1]], [issues[0]] if issues[0] == issues[-1] else None)


def notes(f, memo):
    texts = {e.get(W + "id"): "".join(t.text for t in e.iter(W + "t")).strip() for e in f.xml["word/footnotes.xml"]}
    places = [(one, index) for one in memo.excerpts for index in range(len(one.paragraphs))]
    for p, (source, place) in zip(f.named("摘录"), places, strict=False):
        before, found = "", []
        for run in p.runs:
            call = run.element.find(W + "footnoteReference")
            if call is not None:
                found.append((before, texts[call.get(W + "id")]))
            before += run.text
        expected = [(source.paragraphs[place][: n.offset], n.text) for n in source.notes if n.paragraph == place]
        yield 29, found == expected
        yield 29, not re.search(rf"{HAN}[¹²³]", p.text)


def ending(f, memo):
    mark = memo.classification or memo.protective_mark
    first = f.paragraphs[0]
    if mark:
        yield (
            31,
            first.text == mark and first.is_set({"黑体"}, "32") and first.get("jc") == "left" and W + "ind" not in first.look,
        )
    else:
        yield 31, first.style_name == ("版头" if memo.red_head else "呈阅件标题" if memo.sheet else "Title")
    if memo.with_closing:
        yield from signature(f, memo)
    else:
        yield 32, not f.named("署名", "成文日期")
    yield from annex(f, memo)
    yield from footers(f, memo)
    yield from ornaments(f, memo)


def annex(f, memo):
    sheet = [t for t in f.body.findall(W + "tbl") if len(t.findall(f"{W}tblGrid/{W}gridCol")) == 2]
    yield 33, len(sheet) == bool(memo.sheet)
    for table in sheet:
        labels = ["".join(t.text for t in row.find(W + "tc").iter(W + "t")) for row in table.iter(W + "tr")]
        yield 33, labels == [row.label for row in memo.sheet]
    if not memo.with_table:
        yield 33, not f.named("附件说明", "附件", "附件标题")
        return
    (announced,) = f.named("附件说明")
    yield 33, announced.text == "附件：摘编目录" and announced.get("ind", "firstLineChars") == "200"
    (head,) = f.named("附件")
    yield 33, head.text == "附件" and head.has("pageBreakBefore") and head.is_set({"黑体"}, "32") and W + "ind" not in head.look
    cells = [P(f, p) for p in f.body.iter(W + "p") if p.getparent().tag == W + "tc"]
    yield 33, bool(cells) and all(cell.get("spacing", "lineRule") == "auto" for cell in cells)
    (table,) = [t for t in f.body.findall(W + "tbl") if len(t.findall(f"{W}tblGrid/{W}gridCol")) == 6]
    yield 33, len(list(table.iter(W + "tr"))) == len(memo.excerpts) + 1


def footers(f, memo):
    settings = f.xml["word/settings.xml"]
    yield 34, settings.find(W + "evenAndOddHeaders") is not None and not list(f.document.iter(W + "titlePg"))
    for kind, side in (("default", "right"), ("even", "left")):
        p = f.footer(kind)
        yield 35, p.get("jc") == side and p.get("ind", side) == "280"
        yield 35, p.is_set({"宋体"}, "28") and all(run.fonts["ascii"] == "宋体" for run in p.runs)
        yield 36, p.text.startswith("\u2014 ") and p.text.endswith(" \u2014")
        parts = [c for run in p.runs for c in run.element if c.tag in (W + "fldChar", W + "instrText")]
        yield 36, [c.get(W + "fldCharType") or c.text.strip() for c in parts] == ["begin", "PAGE", "separate", "end"]
        yield 36, len({id(c.getparent()) for c in parts}) == 4
        yield 36, len(p.runs) == 7


def ornaments(f, memo):
    floating = [t for t in f.body.findall(W + "tbl") if t.find(f"{W}tblPr/{W}tblpPr") is not None]
    yield 38, len(floating) == (memo.imprint is not None) and not list(f.document.iter(W + "framePr"))
    for table in floating:
        look = table.find(W + "tblPr")
        place = look.find(W + "tblpPr")
        yield 38, place.get(W + "vertAnchor") == "margin" and place.get(W + "tblpYSpec") == "bottom"
        yield 38, abs(int(look.find(W + "tblW").get(W + "w")) - 8844) <= 10
        edges = {e.tag.replace(W, ""): (e.get(W + "sz"), e.get(W + "val")) for e in look.find(W + "tblBorders")}
        yield 38, edges == {"top": ("8", "single"), "bottom": ("8", "single"), "insideH": ("6", "single")}
        texts = [P(f, p) for p in table.iter(W + "p")]
        yield 38, all(p.is_set(BODY_FONTS, "28") for p in texts)
        yield 38, [p.text for p in texts[:-1]] == [f"{a}：{b}。" for a, b in memo.imprint.rows if b]
        yield 38, texts[-1].element.find(f"{W}pPr/{W}tabs/{W}tab").get(W + "val") == "right"
        yield 38, texts[-1].text == memo.imprint.left + memo.imprint.right
        following = table.getnext()
        yield 38, following.tag == W + "p" and following.getnext().tag == W + "sectPr"
    lines = [p for p in f.paragraphs if W + "pBdr" in p.look]
    yield 39, [p.style_name for p in lines] == (["版头编印"] if memo.red_head else [])
    if memo.red_head:
        style = f.styles[lines[0].style]
        edge = style.find(f"{W}pPr/{W}pBdr/{W}bottom")
        yield 39, edge.get(W + "color") == "FF0000" and abs(int(edge.get(W + "space")) * 20 - 227) <= 20
        yield 39, date_in_chinese(memo.red_head.date) in lines[0].text
        # a border is as wide as its paragraph: one that is indented at the sides would have a shorter line
        yield 39, {lines[0].get("ind", side) for side in ("left", "leftChars", "right", "rightChars")} <= {None, "0"}


def signature(f, memo):
    (date,) = f.named("成文日期")
    yield 32, date.text == date_in_chinese(memo.date)
    half = lambda text: sum(0.5 if c.isascii() else 1 for c in text)  # noqa: E731
    line = 8844 / 320
    units = f.named("署名")
    if units:
        unit = units[0]
        starts = []
        for p in (unit, date):
            left = p.get("ind", "leftChars")
            starts.append(int(left) / 100 if left else line - int(p.get("ind", "rightChars")) / 100 - half(p.text))
        yield 32, abs(starts[1] - starts[0] - 2) < 0.1
        longest = date if half(date.text) > half(unit.text) else unit
        yield 32, longest.get("ind", "rightChars") == "200"
        yield 32, unit.has("keepNext")
    at = f.paragraphs.index(date)
    before = [p for p in f.paragraphs[:at] if p.style_name not in ("署名", "附件说明")]
    last = max(i for i, p in enumerate(before) if p.text)
    yield 32, all(p.has("keepNext") for p in before[last:])
    yield 32, before[-1].text == ""


def faults(path, memo):
    """(number, how many times it failed) of every assertion that does not hold, and the numbers that were looked at."""
    f = File(path)
    failed, seen = defaultdict(int), set()
    for part in (package, page, fonts, headings, fidelity, ending):
        for number, holds in part(f, memo):
            seen.add(number)
            failed[number] += not holds
    return {number: count for number, count in failed.items() if count}, seen
