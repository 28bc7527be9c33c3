"""The search index finds exactly the entries it was told of, newest first, and is never in the way when its file is not sound."""

import random
import sqlite3
import threading

import pytest

from db.errors import Damaged, Full
from db.index import SearchIndex
from db.index_tokens import plan
from db.index_view import Entry, day_of


@pytest.fixture
def index(tmp_path):
    index = SearchIndex(tmp_path / "index.db")
    index.claim("这个资料库")
    yield index
    index.close()


def item(number, body, title="", date="2025-03-07", head=""):
    return Entry(number, "item", "", date, body.encode(), title, head, title + body)


def note(number, uid, body, date="2025-03-07"):
    return Entry(number, "note", uid, date, body.encode(), "", "", body)


def put(index, *entries):
    with index.writing() as batch:
        for entry in entries:
            batch.add(entry)


def drop(index, item_id, place="item", mark=""):
    with index.writing() as batch:
        batch.remove(batch.entries_of(item_id)[place, mark][0])


def found(index, *required, excluded=(), column=""):
    """Items that have the terms, as the index orders them."""
    asked = plan([(required, excluded)], column)
    with index.reading() as view:
        keys = list(view.keys(asked))
        assert view.count(asked) == len(keys)
        assert sorted(view.every_key(asked)) == sorted(keys)
        return [address.item for address in view.addresses(keys)]


@pytest.mark.parametrize(
    ("terms", "items"),
    [
        (["光"], [2, 1]),
        (["光子"], [1]),
        (["片"], [1]),  # the last character of a text
        (["芯片"], [1]),
        (["子芯"], [1]),
        (["光子芯片"], [1]),
        (["光芯"], []),
        (["光伏", "年"], [2]),
        (["光", "芯"], [1]),
        (["12%"], [3]),
        (["2%"], [3]),
        (["%"], [3]),
        (["c++"], [3]),
        (['"小'], [3]),
        (["𬭊"], [3]),
        (["and"], [3]),
        (["*"], []),
        (["title:光"], []),
        (["\ud800"], []),
        (["\ud800光"], []),
    ],
)
def test_entries_are_found_by_any_run_of_their_characters(index, terms, items):
    put(index, item(1, "光子芯片"), item(2, "光伏2025年"), item(3, '增长12%,c++"小巨人"𬭊and'))
    assert found(index, *terms) == items


def test_excluded_terms_alternatives_and_titles(index):
    put(index, item(1, "光子芯片"), item(2, "光伏组件", title="芯片"), item(3, "稀土"))
    assert found(index, "光", excluded=("芯片",)) == []
    assert found(index, excluded=("芯片",)) == [3]
    assert found(index, "芯片", column="title") == [2]
    with index.reading() as view:
        either = plan([(("光子",), ()), (("稀土",), ("光",)), ((), ("光",))])
        assert view.count(either) == len(list(view.keys(either))) == 2


def test_newest_come_first_and_undated_last(index):
    put(index, item(1, "稀土", date=""), item(2, "稀土", date="2024-12-31"), item(3, "稀土", date="2025-01-01"))
    put(index, item(4, "稀土", date="2023-06-30"), item(5, "稀土", date="某年某月"), item(6, "稀土", date="2024-12-31"))
    assert found(index, "稀土") == [3, 6, 2, 4, 5, 1]


def test_the_order_holds_when_a_day_has_more_entries_than_room(index):
    crowd = [item(number, "稀土", date="2025-01-01") for number in range(1, 1200)]
    put(index, *crowd, item(2000, "稀土", date="2025-01-02"), item(3000, "稀土", date="2025-01-01"))
    order = found(index, "稀土")
    assert order[:2] == [2000, 3000]
    assert len(order) == 1201


def test_a_removed_entry_is_not_found_and_its_place_can_be_filled_again(index):
    put(index, item(1, "光子芯片"), note(1, "甲", "报分管领导"), note(1, "乙", "报领导阅"))
    drop(index, 1)
    drop(index, 1, "note", "甲")
    assert found(index, "光子") == []
    assert found(index, "领导") == [1]
    put(index, item(1, "量子芯片"), note(1, "甲", "不报领导"))
    assert found(index, "芯片") == [1]
    assert found(index, "领导") == [1, 1]
    assert found(index, excluded=("领导",)) == [1]
    assert not index.problems()


def test_many_replaced_texts_ask_for_a_new_index(index):
    put(index, *(item(number, f"第{number}条") for number in range(600)))
    for number in range(600):
        drop(index, number)
    with index.reading() as view:
        assert view.worn()


def test_queries_of_any_length_find_at_least_what_fits(index):
    body = "".join(chr(0x4E00 + number) for number in range(300))
    put(index, item(1, body), item(2, body[:50]))
    assert found(index, body) == [2, 1]  # the head only: the caller compares the rest
    assert not plan([((body,), ())]).exact
    assert found(index, *body) == [2, 1]
    many = plan([((char,), ()) for char in body])
    assert not many.single
    with index.reading() as view:
        assert view.count(many) == 2


def test_the_index_takes_at_most_twice_the_room_of_the_texts(index, tmp_path):
    chance = random.Random(3)
    sentences = ["".join(chr(0x4E00 + chance.randrange(2500)) for _ in range(40)) for _ in range(80)]
    texts = ["".join(chance.choices(sentences, k=17)) for _ in range(600)]
    put(
        index,
        *(Entry(number, "item", "", f"2025-01-{1 + number // 40:02}", b"", "", "", text) for number, text in enumerate(texts)),
    )
    index.close()
    assert (tmp_path / "index.db").stat().st_size < 2 * sum(len(text.encode()) for text in texts)


def test_what_is_left_to_do_is_remembered(index):
    with index.writing() as batch:
        batch.look_at([3, 5, 3])
        batch.reach("7:abc")
    with index.writing() as batch:
        batch.looked_at(3)
    with index.reading() as view:
        assert (view.todo(), view.position) == ([5], "7:abc")


def test_a_failed_batch_leaves_nothing(index):
    put(index, item(1, "光子"))
    twice = note(3, "甲", "光子")
    with pytest.raises(sqlite3.IntegrityError):
        put(index, item(2, "光子"), twice, twice)
    assert found(index, "光子") == [1]


def test_a_full_disk_is_reported_as_such(index):
    put(index, item(1, "光子"))
    with index._file.connection() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Full):
        put(index, item(2, "".join(chr(0x4E00 + number) for number in range(20_000))))
    assert found(index, "光子") == [1]


def put_and_find(index):
    put(index, item(200, "量子"))
    found(index, "光子")


def spoil_whole(path):
    path.write_bytes("这不是数据库".encode() * 1000)


def spoil_middle(path):
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)


def spoil_tail(path):
    path.write_bytes(path.read_bytes()[:5000])


def spoil_layout(path):
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()


@pytest.mark.parametrize("spoil", [spoil_whole, spoil_middle, spoil_tail, spoil_layout])
def test_a_spoilt_file_is_noticed_thrown_away_and_filled_again(tmp_path, spoil):
    index = SearchIndex(tmp_path / "index.db")
    index.claim("甲")
    put(index, *(item(number, f"光子{number}") for number in range(100)))
    index.close()
    spoil(tmp_path / "index.db")
    index = SearchIndex(tmp_path / "index.db")
    index.claim("甲")
    with pytest.raises(Damaged):
        put_and_find(index)
    index.discard()
    put(index, item(1, "光子"))
    assert found(index, "光子") == [1]
    assert not index.problems()
    index.close()


def test_another_librarys_index_and_a_lost_one_are_not_taken_for_ours(tmp_path):
    index = SearchIndex(tmp_path / "index.db")
    index.claim("甲")
    put(index, item(1, "光子"))
    index.claim("乙")
    with pytest.raises(Damaged):
        found(index, "光子")
    index.discard()
    assert found(index, "光子") == []
    index.close()
    (tmp_path / "index.db").unlink()
    assert found(index, "光子") == []
    index.close()


def test_several_threads_read_while_one_writes(index):
    put(index, item(0, "光子"))
    seen: list[int] = []
    failures: list[Exception] = []

    def read():
        try:
            while not seen or seen[-1] < 60:
                seen.append(len(found(index, "光子")))
        except Exception as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 60):
        put(index, item(number, "光子"))
    for reader in readers:
        reader.join()
    assert not failures


@pytest.mark.parametrize(("text", "known"), [("2025-03-07", True), ("", False), ("2025", False), ("2025-13-01", False)])
def test_only_full_dates_count_as_days(text, known):
    assert (day_of(text) > 0) is known
