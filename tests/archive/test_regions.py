"""Where news comes from is told by the section, else by the first place or national body named."""

from __future__ import annotations

import pytest

from desktop.archive.regions import Regions
from desktop.bulletin.model import Item, Passage, PassageKind

REGIONS = Regions.load()


@pytest.mark.parametrize(
    ("section", "title", "lead", "expected"),
    [
        ("省外速览", "上海优化营商环境", "近日，上海市发布方案。", ("省外", "上海")),
        ("省外速览", "支持专精特新企业", "近日，广州市政府发布措施。", ("省外", "广州")),
        ("省外速览", "湖北省武汉市建设光谷", "", ("省外", "湖北")),
        ("省外速览", "川渝共建实验室：四川与重庆签约", "", ("省外", "重庆")),
        ("省内要情", "我省推动量子科技发展", "我省投入项目一百项。", ("省内", "四川")),
        ("省内要情", "广元出台政策措施", "近日，广元市政府印发措施。", ("省内", "广元")),
        ("省内要情", "四川绵阳建设科技城", "", ("省内", "绵阳")),
        ("省内要情", "中国—古巴实验室", "由古巴中心联合主办。", ("省内", "四川")),
        ("部委动态", "七部门联合印发方案", "近日，北京召开会议。", ("部委", "")),
        ("经验交流", "深圳推广巡检机器人", "", ("省外", "深圳")),
        ("经验交流", "成都推广巡检机器人", "", ("省内", "成都")),
        ("经验交流", "推广巡检机器人", "近日，工业和信息化部发布清单。", ("部委", "")),
        ("经验交流", "巴中推广巡检机器人", "", ("省内", "巴中")),
        ("经验交流", "推广巡检机器人", "清单列出四十个场景。", ("", "")),
    ],
)
def test_level_and_region(section: str, title: str, lead: str, expected: tuple[str, str]):
    item = Item((Passage(PassageKind.TITLE, title), Passage(PassageKind.LEAD, lead)))
    assert REGIONS.locate(section, item) == expected


def test_the_data_names_every_province_and_every_prefecture_of_the_home_province():
    assert len(REGIONS.data["provinces"]) == 34
    assert len(REGIONS.data["cities"][REGIONS.data["home"]]) == 21
    assert set(REGIONS.data["cities"]) <= set(REGIONS.data["provinces"])
