"""Memos of any length for the tests. All places, bodies and figures are invented."""

from __future__ import annotations

from dataclasses import replace

from desktop.memo import kinds
from desktop.memo.model import Excerpt, Group, Grouping, Memo, Note, Source

__all__ = ["FIELDS", "LEVELS", "NOTE", "REGIONS", "SETTINGS", "Grouping", "excerpt", "memo", "of_kind", "replace"]
FIELDS = (
    "电子信息",
    "航空航天",
    "装备制造",
    "先进材料",
    "绿色低碳",
    "生物医药",
    "资源环保",
    "科技服务",
    "技改升级",
    "数字经济",
    "综合",
)
LEVELS = {"部委": "部委动态", "省外": "省外速览", "省内": "省内要情"}
REGIONS = {"部委": "", "省外": "青岚", "省内": "望江"}
NOTE = "“三核两带”指甘薯谷、蓝莓湾、松针岭三个核心区和沿江、沿湖两条产业带。"


def excerpt(number: int, **changes: object) -> Excerpt:
    """The excerpt of that number: a lead with a footnote, two points; every third from another level, every second a field on."""
    level = list(LEVELS)[number % 3]
    lead = (
        f"近日，青岚市政府发布《青岚市促进甘薯种业发展若干措施（2031—2033年）》，提出加快建设“三核两带”产业体系¹，"
        f"力争到2033年培育“小巨人”企业{number}家……产值突破{number}00亿元。"
    )
    points = (
        "（1）支持“链主”企业联合攻关。对牵头承担重大专项的企业，按实际投入的20%给予支持，最高不超过500万元；"
        "首台（套）产品给予保费补贴，连续支持3年。",
        "（2）建设中试平台。新建平台2—3个·每个面积不少于5000平方米，为初创团队提供场地、设备和人员培训，"
        "逐步形成从田间到车间、从样品到商品的完整链条，让更多成果在本地落地转化、开花结果。",
    )
    title = f"青岚市发布“三核两带”甘薯种业措施支持第{number}批企业"
    values: dict[str, object] = {
        "address": f"{number}.1",
        "title": title,
        "paragraphs": (lead, *points),
        "source": Source("望江创新内参", str(40 + number), f"2031-{1 + number % 12:02d}-{1 + number % 28:02d}", LEVELS[level], 3),
        "source_text": "\n".join((title, lead, *points, NOTE)),
        "fields": (FIELDS[number % len(FIELDS)],),
        "level": level,
        "region": REGIONS[level],
        "notes": (Note("1", NOTE, 0, lead.index("¹")),),
    }
    return Excerpt(**(values | changes))  # type: ignore[arg-type]


SETTINGS = {
    "number": "12", "copies": "30", "contact": "联系人：甲某，电话：0000", "watermark": "内部资料", "mark": "on",
    "own:摘要": "青岚市出台种业措施。", "own:按语": "请各处参考。", "own:编者按": "甘薯种业是我市特色产业。\n现予刊发。",
    "own:主要内容": "措施共三条。", "own:启示建议": "建议开展调研。", "own:内容摘要": "青岚市出台措施。", "own:拟办意见": "建议种业处研究。",
    "imprint:报": "市委、市政府领导", "imprint:送": "市委办公室，市政府办公室，各县区农业农村局，甘薯研究所，市农业科学院，各有关单位，各高等学校",
}  # fmt: skip


def of_kind(name: str, count: int = 5, grouping: Grouping = Grouping.LEVEL, **settings: str) -> Memo:
    """A memo of a built-in kind with everything set that can be set."""
    found = kinds.named(name, kinds.load())
    return kinds.dressed(memo(count, grouping), found, SETTINGS | settings)


def _heading(one: Excerpt, grouping: Grouping) -> str:
    return {
        Grouping.FIELD: one.fields[0],
        Grouping.LEVEL: LEVELS[one.level],
        Grouping.OUTSIDE: LEVELS[one.level],
        Grouping.INSIDE: LEVELS[one.level],
        Grouping.REGION: one.region or "国家部委",
        Grouping.ISSUE: f"《{one.source.title}》第{one.source.number}期",
        Grouping.NONE: "",
    }[grouping]


def memo(count: int = 5, grouping: Grouping = Grouping.LEVEL, **changes: object) -> Memo:
    """A memo of `count` excerpts under the headings of a grouping; the first has a comment, the second is an extract."""
    found = [excerpt(number) for number in range(1, count + 1)]
    found[0] = excerpt(1, comment="青岚市的做法与我市接近。\n建议种业处研究。")
    if count > 1:
        whole = found[1]
        found[1] = excerpt(2, paragraphs=whole.paragraphs[1:2], notes=(), partial=True, address="2.1.1")
    if count > 2:
        cut = found[2].paragraphs[0]
        found[2] = excerpt(3, paragraphs=(cut[3:40],), notes=(), partial=True)
    levels = {
        "level": ["部委", "省外", "省内"],
        "level-outside": ["省外", "部委", "省内"],
        "level-inside": ["省内", "部委", "省外"],
    }
    order = FIELDS if grouping is Grouping.FIELD else [LEVELS[level] for level in levels.get(grouping, ())]
    headings = sorted({_heading(one, grouping) for one in found}, key=lambda name: (order.index(name) if order else 0, name))
    groups = tuple(Group(name, tuple(one for one in found if _heading(one, grouping) == name)) for name in headings)
    values: dict[str, object] = {
        "title": "《望江创新内参》甘薯种业领域信息摘编",
        "period": "2031年1月—12月",
        "groups": groups,
        "date": "2031-12-05",
        "addressee": "局领导",
        "unit": "望江市农业科技局种业发展处",
        "topic": "甘薯种业领域",
    }
    return Memo(**(values | changes))  # type: ignore[arg-type]
