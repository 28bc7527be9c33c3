"""Made-up documents for the widget tests; no sentence of a real bulletin."""

from __future__ import annotations

from desktop.bulletin.model import Passage, PassageKind
from desktop.ui.values import DocumentView, ItemView, MarkView

LEAD = "近日，江陵市发布《低空智联网建设方案》，提出以“一网统飞”¹为牵引，力争到2027年培育企业120家以上。"
POINTS = (
    ("建设基础设施", "在主城区布设5G-A通感基站300座，飞行计划审批时限压缩至30分钟以内。"),
    ("培育应用场景", "围绕应急救援、医疗转运和山区物流，开通血液与疫苗的常态化航线。"),
    ("完善安全监管", "推动eVTOL整机检测能力建设，引进𠮷野工程团队。"),
)
NOTE = "一网统飞：指统一受理、统一调度、统一监管。"


def passage(kind: PassageKind, text: str, **more) -> Passage:
    return Passage(kind, text, **more)


def passages(title: str, lead: str = LEAD, *, points=POINTS, note: str = "") -> tuple[Passage, ...]:
    laid = [passage(PassageKind.TITLE, title), passage(PassageKind.LEAD, lead)]
    for number, (head, text) in enumerate(points, 1):
        laid.append(passage(PassageKind.POINT, f"{head}。{text}", number=number, marker=f"（{number}）", head=head))
    if note:
        anchor = len(title) + 1 + lead.index("¹")
        laid.append(passage(PassageKind.FOOTNOTE, note, mark="1", anchor=anchor))
    return tuple(laid)


def item(id_: int, ordinal: int, section: str, title: str, **more) -> ItemView:
    made = more.pop("passages", None) or passages(title)
    defaults = {"depth": 1, "page": 2, "level": "省外", "region": "江陵", "read": False, "starred": False}
    values = defaults | more
    length = sum(len(one.text) for one in made)
    return ItemView(id=id_, ordinal=ordinal, section=section, title=title, length=length, passages=made, **values)


TITLES = (
    "江陵市建设低空智联网推动低空经济发展",
    "云泽省出台十二条措施促进科技成果就地转化",
    "东屏市打造生物医药“一站式”临床试验服务平台并试点伦理互认",
    "青川新区首条固态电池中试线投入运行",
    "岷阳高新区实施“智改数转”三年行动加快传统产业焕新升级",
)


def issue() -> DocumentView:
    items = (
        item(
            11, 1, "省外速览", TITLES[0], passages=passages(TITLES[0], note=NOTE), read=True, fields=("航空航天",), mark_count=2
        ),
        item(12, 2, "省外速览", TITLES[1], fields=("科技服务", "数字经济")),
        item(13, 3, "省外速览", TITLES[2]),
        item(14, 4, "省内要情", TITLES[3], level="省内", region="青川"),
        item(15, 5, "省内要情", TITLES[4], level="省内", region="岷阳", read=True),
    )
    return DocumentView(
        1, "《科技参考》第36期", "2025-09-19", "issue", items, "/made-up.pdf", is_pdf=True, masthead="江陵市科技情报中心"
    )


def text_of(one: ItemView) -> str:
    return "\n".join(part.text for part in one.passages)


def mark(
    uid: str, one: ItemView, quote: str, color: str = "yellow", style: str = "highlight", note: str = "", fields=(), anchored=True
) -> MarkView:
    start = text_of(one).index(quote)
    return MarkView(uid, one.id, start, start + len(quote), quote, color, style, note, tuple(fields), anchored)


def paragraphs(n: int):
    """Chinese, Latin and mixed paragraphs of all lengths, so that no estimate of their heights is right."""
    for k in range(5):
        words = ("江陵市推进低空智联网建设，", "grid code v2.1 of the lowland test field; ", "第3批共12项：")[(n + k) % 3]
        yield passage(PassageKind.PARAGRAPH, f"第{n}条第{k}段，" + words * (1 + (n * 7 + k * 13) % 29) + "完。")


def long_document(count: int) -> DocumentView:
    made = [
        item(n, n, "栏目", f"第{n}条", passages=(passage(PassageKind.TITLE, f"第{n}条推进建设"), *paragraphs(n)))
        for n in range(1, count + 1)
    ]
    return DocumentView(1, "《科技参考》", "2025-09-19", "issue", tuple(made), "", is_pdf=False)
