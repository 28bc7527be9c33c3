"""What the reader finds in the library, where it is said to be, and how it is narrowed and counted."""

import dataclasses
import shutil
import sqlite3
import threading

import pytest

from db import index_source, models
from db import marks as mark_store
from desktop.archive import catalogue, finding, indexing, marking, tagging, undoing
from desktop.archive.finding import Filters
from desktop.archive.library import Library
from desktop.bulletin.folding import fold
from desktop.bulletin.jsonform import passages_to_json
from desktop.bulletin.model import Passage, PassageKind
from tests.archive.stock import item, keep


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "资料库") as library:
        yield library


@pytest.fixture
def stocked(library):
    """Three issues of a bulletin and an undated paper."""
    keep(
        library,
        "2024-11-08",
        item("望江市建成光子芯片中试平台", "平台由市属企业出资，总投入500 万元。", "一是开放共享。\n二是按单收费。"),
        item("北岭省出台低空经济条例", "条例提到光子芯片与量子通信。", section="省外速览", level="省外", region="北岭"),
    )
    keep(library, "2025-03-07", item("量子通信干线贯通", "“小巨人”企业参与，AI+政务同步上线。"), title="望江科技参考")
    keep(library, "2025-06-20", item("芯片人才计划", "引进光子方向团队12个，覆盖芯片设计。"))
    keep(library, "", item("附件材料", "芯片目录。", section="附录", level="", region=""))
    return library


def titles(page):
    return [hit.item.title for hit in page.hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("光子芯片", ["望江市建成光子芯片中试平台", "北岭省出台低空经济条例"]),
        ("芯", ["芯片人才计划", "望江市建成光子芯片中试平台", "北岭省出台低空经济条例", "附件材料"]),
        ("光子 芯片", ["望江市建成光子芯片中试平台", "北岭省出台低空经济条例", "芯片人才计划"]),
        ("500万元", ["望江市建成光子芯片中试平台"]),
        ("５００ 万元", ["望江市建成光子芯片中试平台"]),
        ("共享。二是", ["望江市建成光子芯片中试平台"]),
        ("平台平台由", ["望江市建成光子芯片中试平台"]),  # from the title into the text
        ("芯片 -光子", ["附件材料"]),
        ("量子通信 | 500万元", ["量子通信干线贯通", "望江市建成光子芯片中试平台", "北岭省出台低空经济条例"]),
        ("-芯片", ["量子通信干线贯通"]),
        ("「小巨人」", ["量子通信干线贯通"]),
        ("ai＋政务", ["量子通信干线贯通"]),
        ("不存在的词", []),
        ("", []),
        ("- | OR", []),
        ("条例", ["北岭省出台低空经济条例"]),
        ("设计 | 条例", ["北岭省出台低空经济条例", "芯片人才计划"]),  # the older one has it in its title
        ("title:光", []),
        ("\ud800", []),
        ("芯\0片目录", ["附件材料"]),
    ],
)
def test_phrases_come_first_then_titles_then_the_newest(stocked, query, found):
    page = finding.search(stocked, query)
    assert titles(page) == found
    assert page.total == len(found)


def test_newest_first_puts_the_undated_last(stocked):
    page = finding.search(stocked, "芯片", order="newest")
    assert [hit.issue.date for hit in page.hits] == ["2025-06-20", "2024-11-08", "2024-11-08", ""]
    assert [hit.item.ordinal for hit in page.hits][1:3] == [1, 2]


def test_the_total_is_exact_whatever_the_limit(stocked):
    for limit in (0, 1, 3, 50):
        for facets in (True, False):
            page = finding.search(stocked, "芯片", limit=limit, facets=facets)
            assert (page.total, len(page.hits)) == (4, min(limit, 4))


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        (Filters(), 4),
        (Filters(section="省外速览"), 1),
        (Filters(region="望江"), 2),
        (Filters(level="省外"), 1),
        (Filters(level="", section="", field=""), 4),
        (Filters(date_from="2024-11-08", date_to="2025-06-19"), 2),
        (Filters(date_from="2025-06-20"), 1),
        (Filters(date_to="2030-01-01"), 3),
        (Filters(issue=3), 1),
        (Filters(issue_title="望江科技参考"), 0),
        (Filters(field="生物医药"), 1),
        (Filters(field="数字经济"), 2),
        (Filters(subfield="大模型"), 0),
        (Filters(field="生物医药", section="省外速览"), 1),
        (Filters(marked=True), 2),
        (Filters(noted=True), 1),
        (Filters(unread=True), 3),
    ],
)
def test_filters_narrow_hits_and_counts_alike(stocked, filters, number):
    first, second, _, fourth, _ = ids(stocked)
    tagging.tag(stocked, second, "生物医药", point=None)
    marked = marking.add(stocked, first, 0, 3, note="请阅")
    tagging.tag(stocked, first, "数字经济", mark=marked.uid)
    tagging.tag(stocked, fourth, "数字经济")
    marking.add(stocked, second, 0, 3)
    catalogue.set_read(stocked, fourth, True)
    page = finding.search(stocked, "芯片", filters)
    assert page.total == len(page.hits) == number
    assert sum(page.facets["section"].values()) == number
    assert finding.search(stocked, "芯片", filters, facets=False).total == number


def ids(library):
    return sorted(index_source.in_order(library.database))


def test_facets_count_the_hits_of_the_query(stocked):
    first, second, *_ = ids(stocked)
    tagging.tag(stocked, first, "生物医药")
    tagging.tag(stocked, second, "生物医药")
    tagging.tag(stocked, second, "数字经济", "大数据")
    marking.add(stocked, second, 0, 2, note="光子")
    assert finding.search(stocked, "光子", limit=1).facets == {
        "field": {"生物医药": 3, "数字经济": 2},
        "subfield": {"数字经济/大数据": 2},
        "month": {"2025-06": 1, "2024-11": 3},
        "title": {"望江创新内参": 4},
        "state": {"unread": 4, "marked": 2, "noted": 2},
        "section": {"市内动态": 2, "省外速览": 2},
        "year": {"2025": 1, "2024": 3},
        "level": {"省内": 2, "省外": 2},
        "region": {"北岭": 2, "望江": 2},
    }


def test_the_counts_of_a_filter_tell_what_could_be_chosen_instead(stocked):
    narrowed = finding.counts(stocked, "芯片", Filters(section="省外速览", date_from="2024-01-01", date_to="2024-12-31"))
    assert narrowed["section"] == {"市内动态": 1, "省外速览": 1}
    assert narrowed["year"] == {"2024": 1}
    assert narrowed["region"] == {"北岭": 1}
    assert finding.counts(stocked, "芯片")["section"] == {"市内动态": 2, "附录": 1, "省外速览": 1}
    assert not any(finding.counts(stocked, " ").values())


def test_heads_of_points_come_before_the_rest_of_the_text(library):
    def told(title, head, rest):
        passages = (Passage(PassageKind.TITLE, title), Passage(PassageKind.POINT, f"{head}{rest}", head=head))
        text = "\n".join(passage.text for passage in passages)
        return dataclasses.replace(item(title), text=text, passages=passages_to_json(passages))

    keep(library, "2025-01-03", told("最新", "一是开放。", "支持光子芯片。"))
    keep(library, "2025-01-02", told("其次", "一是支持光子。", "开放共享。"))
    keep(library, "2025-01-01", told("光子", "一是共享。", "按单收费。"))
    assert titles(finding.search(library, "光子")) == ["光子", "其次", "最新"]
    assert titles(finding.search(library, "光子", order="newest")) == ["最新", "其次", "光子"]
    assert titles(finding.search(library, "光子。开放")) == ["其次"]  # a phrase does not end with the head


def test_a_search_that_is_no_longer_wanted_ends(stocked, monkeypatch):
    monkeypatch.setattr("db.index._STEPS", 1)
    with pytest.raises(finding.Superseded):
        finding.search(stocked, "芯片", cancelled=lambda: True)
    with pytest.raises(finding.Superseded):
        finding.counts(stocked, "芯" * 100, cancelled=lambda: True)
    assert finding.search(stocked, "芯片", cancelled=lambda: False).total == 4


def test_every_place_of_an_item_can_be_shown(library):
    keep(library, "2025-01-01", item("光子集成", "前言。" * 40 + "光子芯片。" + "中段。" * 40 + "光 子\n芯片与光子。"))
    (hit,) = finding.search(library, "光子").hits
    shown = finding.passages_found(hit, "光子")
    assert len(shown) == 3
    assert [[fold(place.text[a:b]) for a, b in place.ranges] for place in shown] == [["光子"], ["光子"], ["光子", "光子"]]
    assert [hit.item.text[place.start : place.end] for place in shown] == ["光子", "光子", "光 子"]
    assert len(finding.passages_found(hit, "光子", most=2)) == 2


@pytest.mark.parametrize(
    ("query", "where", "snippet", "lit", "landing"),
    [
        ("光子芯片 望江", "title", "望江市建成光子芯片中试平台", ["望江", "光子芯片"], "望江"),
        (
            "500万元 总投入",
            "body",
            "平台由市属企业出资,总投入500 万元。 一是开放共享。 二是按单收费。",
            ["总投入", "500 万元"],
            "总投入",
        ),
        ("二是按", "body", "平台由市属企业出资,总投入500 万元。 一是开放共享。 二是按单收费。", ["二是按"], "二是按"),
        ("中试 收费", "body", "平台由市属企业出资,总投入500 万元。 一是开放共享。 二是按单收费。", ["收费"], "收费"),
        (
            "台平台由",
            "body",
            "望江市建成光子芯片中试平台 平台由市属企业出资,总投入500 万元。 一是开放共享。 二是按",
            ["台 平台由"],
            "台\n平台由",
        ),
        ("开放 -量子", "body", "平台由市属企业出资,总投入500 万元。 一是开放共享。 二是按单收费。", ["开放"], "开放"),
    ],
)
def test_a_hit_shows_the_words_around_it_and_where_they_stand(stocked, query, where, snippet, lit, landing):
    (hit,) = finding.search(stocked, query).hits
    assert hit.where == where
    assert fold(hit.snippet).startswith(fold(snippet)[:40])
    assert [hit.snippet[start:end] for start, end in hit.ranges] == lit
    assert hit.item.text[hit.start : hit.end] == landing
    assert "\n" not in hit.snippet


def test_notes_are_found_as_soon_as_they_are_written_and_gone_as_soon_as_deleted(stocked):
    first = ids(stocked)[0]
    assert finding.search(stocked, "高新处").total == 0
    mark = marking.add(stocked, first, 3, 6, note="请高新处研提\n意见")
    (hit,) = finding.search(stocked, "研提意见").hits
    assert (hit.where, hit.mark, hit.snippet) == ("note", mark.uid, "请高新处研提 意见")
    assert (hit.start, hit.end) == (3, 6)
    marking.update(stocked, mark.uid, note="转成果处")
    assert finding.search(stocked, "高新处").total == 0
    assert finding.search(stocked, "成果处").total == 1
    undoing.undo(stocked)
    assert finding.search(stocked, "高新处").total == 1
    undoing.redo(stocked)
    marking.delete(stocked, mark.uid)
    assert finding.search(stocked, "高新处 | 成果处").total == 0
    assert finding.search(stocked, "中试").total == 1


def test_the_quote_of_a_mark_is_found_by_itself_only_while_it_has_no_place(stocked):
    first = ids(stocked)[0]
    mark = marking.add(stocked, first, 0, 3, note="旧稿")
    assert [hit.where for hit in finding.search(stocked, "望江市").hits] == ["title"]
    with stocked.database.operation("失锚") as operation:
        mark_store.update(operation, mark.uid, anchored=False, quote="望江市原稿")
    (hit,) = finding.search(stocked, "原稿").hits
    assert (hit.where, hit.mark, hit.start, hit.end) == ("mark", mark.uid, 0, 0)


def test_terms_of_a_query_must_meet_in_one_passage(stocked):
    marking.add(stocked, ids(stocked)[0], 0, 3, note="报分管领导")
    assert finding.search(stocked, "分管 领导").total == 1
    assert finding.search(stocked, "分管 光子").total == 0


def test_very_long_terms_and_very_many_are_compared_to_the_last_character(library):
    text = "".join(chr(0x4E00 + number) for number in range(400))
    keep(library, "2025-01-01", item("长文", text), item("短文", text[:300]))
    assert titles(finding.search(library, text)) == ["长文"]
    assert titles(finding.search(library, text[:300])) == ["长文", "短文"]
    assert finding.search(library, text + "止").total == 0
    assert titles(finding.search(library, " ".join(text))) == ["长文"]
    assert titles(finding.search(library, "一 -" + text)) == ["短文"]
    assert titles(finding.search(library, "|".join("甲乙丙丁" + sign for sign in text) + "|" + text[350:])) == ["长文"]
    assert finding.search(library, "乙" * 100_000).total == 0
    assert finding.search(library, "龙马精神 " * 20_000).total == 0


def test_what_is_not_indexed_yet_is_found_all_the_same(stocked, monkeypatch):
    marking.add(stocked, ids(stocked)[0], 0, 3, note="光子")
    expected = finding.search(stocked, "光子")
    monkeypatch.setattr(indexing, "catch_up", lambda library, **kwargs: False)
    marking.add(stocked, ids(stocked)[1], 0, 3, note="光子")
    keep(stocked, "2025-07-01", item("光子新事"))
    page = finding.search(stocked, "光子")
    assert page.total == expected.total + 2
    assert page.hits[0].item.title == "光子新事"
    assert sum(page.facets["year"].values()) == page.total
    stocked.index.discard()
    again = finding.search(stocked, "光子")
    assert {dataclasses.replace(hit, issue=None) for hit in again.hits} == {
        dataclasses.replace(hit, issue=None) for hit in page.hits
    }
    assert (again.total, again.facets) == (page.total, page.facets)


def lose(path):
    path.unlink()


def overwrite(path):
    path.write_bytes("不是数据库".encode() * 2000)


def empty(path):
    path.write_bytes(b"")


def replace_by_folder(path):
    path.unlink()
    path.mkdir()


def hollow(path):
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM passage_data")
    connection.close()


@pytest.mark.parametrize("spoil", [lose, overwrite, empty, replace_by_folder, hollow])
def test_losing_the_index_loses_nothing(tmp_path, spoil):
    folder = tmp_path / "资料库"
    with Library.open(folder) as library:
        keep(library, "2025-01-01", *(item(f"第{number}条", "光子芯片") for number in range(30)))
        assert finding.search(library, "光子").total == 30
    spoil(folder / "index.db")
    with Library.open(folder) as library:
        assert finding.search(library, "光子", limit=5).total == 30
        assert finding.search(library, "光子", limit=5).total == 30


def test_the_index_follows_a_library_whose_history_was_turned_back(tmp_path):
    folder = tmp_path / "资料库"
    with Library.open(folder) as library:
        keep(library, "2025-01-01", item("旧事", "光子"))
        library.database.copy_to(tmp_path / "旧库.db")
        keep(library, "2025-01-02", item("新事", "光子"))
        assert finding.search(library, "光子").total == 2
    shutil.copy(tmp_path / "旧库.db", folder / "library.db")
    with Library.open(folder) as library:
        assert titles(finding.search(library, "光子")) == ["旧事"]
        keep(library, "2025-01-03", item("别事", "量子"))
        assert titles(finding.search(library, "新事 | 别事 | 光子", order="newest")) == ["别事", "旧事"]


def test_the_index_follows_a_library_that_went_another_way_as_far(tmp_path):
    folder = tmp_path / "资料库"
    with Library.open(folder) as library:
        keep(library, "2025-01-01", item("旧事", "光子"))
        library.database.copy_to(tmp_path / "旧库.db")
        keep(library, "2025-01-02", item("新事", "光子"))
        assert finding.search(library, "光子").total == 2
    shutil.copy(tmp_path / "旧库.db", folder / "library.db")
    with Library.open(folder) as library:
        keep(library, "2025-01-03", item("别事", "量子"))
        assert titles(finding.search(library, "光子 | 量子")) == ["别事", "旧事"]


@pytest.mark.parametrize("indexed", [True, False])
def test_what_is_deleted_is_no_longer_found(stocked, monkeypatch, indexed):
    assert finding.search(stocked, "低空经济").total == 1
    if not indexed:
        monkeypatch.setattr(indexing, "catch_up", lambda library, **kwargs: False)
    with stocked.database.operation("删除") as operation:
        operation.delete(models.Item, ids(stocked)[1])
    page = finding.search(stocked, "低空经济 | 芯片")
    assert page.total == len(page.hits) == 3
    assert finding.search(stocked, "低空经济", Filters(unread=True)).total == 0


def test_searching_during_an_import_finds_whatever_is_stored(stocked):
    before = finding.search(stocked, "光子").total

    def store():
        for number in range(20):
            keep(stocked, "2025-08-01", item(f"第{number}条", "光子"), item(f"第{number}乙条", "光子"))
        stocked.database.release()

    writer = threading.Thread(target=store)
    writer.start()
    totals = [before]
    while writer.is_alive():
        page = finding.search(stocked, "光子", limit=1000)
        assert page.total == len(page.hits) == len({hit.item.id for hit in page.hits})
        totals.append(page.total)
    writer.join()
    assert all((total - before) % 2 == 0 for total in totals)
    assert totals == sorted(totals)
    assert finding.search(stocked, "光子").total == before + 40


def test_an_index_of_other_rules_is_made_anew(stocked, monkeypatch):
    assert finding.search(stocked, "光子").total == 3
    stocked.index.close()
    monkeypatch.setattr(indexing, "SEARCH_VERSION", 2)
    with Library.open(stocked.folder) as library:
        assert indexing.catch_up(library)
        assert finding.search(library, "光子").total == 3


def test_catching_up_tells_how_far_it_is_and_can_be_stopped(stocked):
    told = []
    assert not indexing.catch_up(stocked, cancelled=lambda: True)
    assert indexing.catch_up(stocked, progress=lambda done, total: told.append((done, total)))
    assert told == [(5, 5)]


def test_checking_finds_and_mends_an_index_that_lies(stocked):
    assert indexing.verify(stocked) == []
    with stocked.index.writing() as batch:
        for key, _ in batch.entries_of(ids(stocked)[0]).values():
            batch.remove(key)
    assert finding.search(stocked, "中试").total == 0
    assert indexing.verify(stocked) == ["检索索引中有 1 条与正文不一致，已重新编入。"]
    assert finding.search(stocked, "中试").total == 1
    assert indexing.verify(stocked) == []
    assert indexing.catch_up(stocked)
    with stocked.index._file.connection() as connection:
        connection.execute("DELETE FROM passage_data WHERE id > 10")
    (problem,) = indexing.verify(stocked)
    assert problem.startswith("检索索引已损坏，已重新建立")
    assert indexing.verify(stocked) == []


def test_a_worn_index_is_made_anew(library):
    first = keep(library, "2025-01-01", item("甲", "光子"))[0]
    mark = marking.add(library, first, 0, 1, note="起")
    for number in range(520):
        marking.update(library, mark.uid, note=f"第{number}稿")
        finding.search(library, "稿", facets=False)
    indexing.catch_up(library)
    with library.index.reading() as view:
        assert not view.worn()
    assert finding.search(library, "稿").total == 1
