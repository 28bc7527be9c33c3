"""Twelve offices and how they set their bulletins, and the news that all of them print. All of it is invented."""

from __future__ import annotations

from dataclasses import replace

from tests.bulletin.gazette import CIRCLED, Dress, News, Part, Point, chinese

OFFICE = "云岭省科技工作办公室"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

NEWS = (
    Part(
        "部委动态",
        2,
        (
            News(
                "国家部门联合部署潮汐能装备验证工作",
                "近日，国家有关部门联合印发《潮汐能装备中试验证工作指引（2025—2027年）》{n}，明确验证范围、主体和程序，"
                "提出到2027年建成验证基地12个、服务企业300家以上，推动装备从样机走向产品。",
                (
                    Point(
                        "明确验证范围、分类推进实施",
                        "一是面向整机。支持额定功率500kW以上的整机开展不少于1000h的连续运行试验。"
                        "二是面向部件。支持Ⅰ型、Ⅱ型轴承和CaF₂涂层等关键部件开展加速寿命试验，这一是业界多年的期盼。"
                        "三是面向软件。支持控制软件在“黑启动”等工况下开展验证。",
                    ),
                    Point(
                        "压实主体责任",
                        "基地依托单位对数据真实性负责，验证费用由需求方、依托单位和地方财政按5:3:2分担{n}；"
                        "单个项目补助不超过100万元，同一单位每年不超过3项。",
                    ),
                    Point("规范验证程序", "建立“申请—受理—验证—评价”全流程管理机制，受理时限压缩至5个工作日。"),
                ),
                notes=(
                    "潮汐能装备指利用海水涨落发电的整机、部件和软件，不含波浪能装备。",
                    "分担比例可以由三方另行约定，报主管部门备案。",
                ),
            ),
            News(
                "两部门发布深空测控“揭榜挂帅”榜单",
                "日前，两部门发布2025年度深空测控“揭榜挂帅”榜单，共3个方向、18项任务，榜单金额2.4亿元，平均每项超过1300万元。",
                paragraphs=(
                    "榜单聚焦天线组阵、低温接收、时频同步3个方向，要求揭榜单位在24个月内完成攻关，"
                    "核心指标达到国际先进水平，其中X频段天线效率不低于65%，氢钟天稳优于3×10⁻¹⁵。",
                    "榜单采取“里程碑”式管理，对按期完成的单位优先给予后续支持；对未完成的，按约定收回资金。",
                ),
            ),
        ),
    ),
    Part(
        "省外速览",
        4,
        (
            News(
                "海澜省出台十条措施推动科技型中小企业“小升规”培育壮大与高质量发展并支持其建设研发机构",
                "海澜省科技厅会同有关部门印发《关于推动科技型中小企业“小升规”的若干措施》，从要素、平台、人才等方面给予支持。",
                (
                    Point("强化要素供给", "设立总规模20亿元的成长基金，对首次“升规”的企业给予一次性奖励，奖励资金直达企业账户。"),
                    Point(
                        "强化平台支撑", "支持企业建设研发机构，推动大型科研仪器向企业开放，开放率达到95%，使用费用最高补助50%。"
                    ),
                ),
            ),
        ),
    ),
    Part(
        "省内要情",
        5,
        (
            News(
                "我省深空测控产业发展取得新进展",
                "今年以来，我省围绕“一网三中心”布局深空测控产业，1—2月实现产值36.8亿元，同比增长21.5%，主要做法如下：",
                (
                    Point("统筹布局抓落实", "成立由省领导任组长的专班，建立“月调度、季通报、年考核”机制，推动重点事项落地。"),
                    Point("突出应用抓转化", "建成测控天线12副，为深空探测任务提供服务4000余小时，形成可复制的“青枫经验”。"),
                    Point("优化生态抓服务", "组建专家服务团，走访企业126家，收集问题317个，办结率98.7%，群众满意度持续提升。"),
                    Point("加强协同抓创新", "推动高校院所与企业共建联合实验室8个，转化成果45项，技术合同成交额达到6.2亿元。"),
                ),
            ),
            News(
                "青枫县建成测控数据中心",
                "青枫县测控数据中心建成投用，设计存储容量200PB{n}，可以同时处理16路下行数据，数据时延小于20ms。",
                paragraphs=("下一步，青枫县将依托数据中心引进上下游企业，力争到2026年集聚企业50家，带动就业2000人。",),
                notes=("1PB等于1024TB，约相当于5000亿页标准印刷文本。",),
            ),
        ),
    ),
)

DRESSES = (
    Dress(
        "sections and their pages in the contents, everything half as expected",
        ("云岭要参", "第 12 期", OFFICE, "云岭省科学技术厅", "2025 年 3 月 8 日"),
        "云岭要参", 12, "2025-03-08", "2025年3月8日", (OFFICE, "云岭省科学技术厅"),
    ),
    Dress(
        "a double issue with both numbers, Chinese date, pages on the items, round brackets at half width",
        ("内部资料", "科技创新动态", "2025年第5-6期（总第128期）", "云岭省科学技术信息研究所", "二〇二五年三月八日"),
        "科技创新动态", "5-6", "2025-03-08", "二〇二五年三月八日", ("云岭省科学技术信息研究所",), "内部资料",
        contents_head="目　录",
        contents_section="〖{name}〗",
        contents_item="{title} ........ {page}",
        section=lambda name, n: f"〖{name}〗",
        point=lambda n: f"({n}) ",
        pages_shown=False,
    ),
    Dress(
        "a brief: number in Chinese, issuer and date side by side, numbered sections, points in Chinese numerals",
        ("科技工作简报", "第十二期", f"{OFFICE}编　　　　2025年3月8日"),
        "科技工作简报", 12, "2025-03-08", "2025年3月8日", (OFFICE,),
        contents_section="{cn}、{name}",
        contents_item="{n}. {title}",
        section=lambda name, n: f"{chinese(n)}、{name}",
        point=lambda n: f"（{chinese(n)}）",
        pages_shown=False,
    ),
    Dress(
        "an extra issue, items numbered in the body, points 1. with notes in square brackets",
        ("《云岭科技参考》", "增刊1", "总第128期", OFFICE, "2025年03月08日"),
        "云岭科技参考", "增刊1", "2025-03-08", "2025年03月08日", (OFFICE,),
        contents_head="本期目录",
        contents_section="［{name}］",
        contents_item="◆ {title}",
        section=lambda name, n: f"［{name}］",
        point=lambda n: f"{n}. ",
        mark=lambda n: f"[{n}]",
        pages_shown=False,
    ),
    Dress(
        "no contents at all, circled points",
        ("青枫科技信息", "第12期", "青枫市科学技术局", "2025年3月8日"),
        "青枫科技信息", 12, "2025-03-08", "2025年3月8日", ("青枫市科学技术局",),
        contents_head="",
        point=lambda n: CIRCLED[n - 1],
        pages_shown=False,
        doubts=("contents-missing",),
    ),
    Dress(
        "contents without bullets or pages, heads as in the body, dotted date",
        ("内部资料　注意保存", "创新参阅", "第 12 期", OFFICE, "2025.03.08"),
        "创新参阅", 12, "2025-03-08", "2025.03.08", (OFFICE,), "内部资料注意保存",
        contents_head="本期导读",
        contents_section="【{name}】",
        contents_item="{title}",
        pages_shown=False,
    ),
    Dress(
        "two issuers on one line, classification with a star, points with bracket behind",
        ("秘密★1年", "决策参考", "2025年第12期", f"{OFFICE}  云岭省科学技术厅", "2025年3月8日"),
        "决策参考", 12, "2025-03-08", "2025年3月8日", (OFFICE, "云岭省科学技术厅"), "秘密★1年",
        contents_section="■ {name}（{page}）",
        contents_item="· {title}",
        point=lambda n: f"{n}）",
        pages_shown=True,
    ),
    Dress(
        "full-width digits everywhere, contents with pages on sections and items",
        ("云岭要参", "第１２期", OFFICE, "２０２５年３月８日"),
        "云岭要参", 12, "2025-03-08", "２０２５年３月８日", (OFFICE,),
        contents_section="{name} …………… {page}",
        contents_item="●{title} …………… {page}",
        point=lambda n: f"（{n}）".translate(WIDE),
    ),
    Dress(
        "titles numbered in the body, sections by Chinese numerals, points by 一是-like heads in round brackets",
        ("工作动态", "（第12期）", f"主办：{OFFICE}", "2025年3月8日"),
        "工作动态", 12, "2025-03-08", "2025年3月8日", (OFFICE,),
        contents_section="{cn}、{name}......{page}",
        contents_item="（{n}）{title}",
        section=lambda name, n: f"{chinese(n)}、{name}",
        point=lambda n: f"（{n}）",
    ),
    Dress(
        "a month only, square brackets at half width, arrows as bullets, 目次",
        ("科技前沿快报", "第12期", OFFICE, "2025年3月"),
        "科技前沿快报", 12, "2025-03", "2025年3月", (OFFICE,),
        contents_head="目　次",
        contents_section="[{name}]",
        contents_item="► {title}",
        section=lambda name, n: f"[{name}]",
        point=lambda n: f"{n}、",
        pages_shown=False,
    ),
    Dress(
        "receivers under other labels, printer and date on one line",
        ("云岭要情", "总第312期", f"{OFFICE}  2025年3月8日"),
        "云岭要情", 312, "2025-03-08", "2025年3月8日", (OFFICE,),
        foot=(
            "报：省科技委主任、副主任、委员，省科技办。",
            "送：各市（州）科技局，省属高等学校。",
            f"{OFFICE}　　　　　2025年3月8日印发",
        ),
    ),
    Dress(
        "notes by circled numbers, heads in lenticular brackets with inner blanks",
        ("信息专报", "〔2025〕第12期", OFFICE, "2025年3月8日"),
        "信息专报", 12, "2025-03-08", "2025年3月8日", (OFFICE,),
        section=lambda name, n: f"【 {name} 】",
        mark=lambda n: CIRCLED[n - 1],
    ),
)  # fmt: skip


def with_nested(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The news with two points that hold points of their own."""
    first, *others = parts
    news, *rest = first.items
    point, *further = news.points
    nested = replace(point, nested=("支持整机企业牵头。", "支持部件企业参与，形成合力。"))
    last = replace(further[-1], nested=("精简材料。", "压缩时限。"))
    return (replace(first, items=(replace(news, points=(nested, *further[:-1], last)), *rest)), *others)
