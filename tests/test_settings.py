"""Settings survive anything a file can hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import settings
from desktop.settings import OpenDocument, Session, Settings


def test_what_was_open_comes_back(tmp_path):
    file = tmp_path / "设置" / "settings.json"
    session = Session([OpenDocument(3, 5, 120, "both", "150"), OpenDocument(1)], current=1, side_tab=2)
    settings.save(
        Settings(theme="dark", reading_px=22, columns=[1, 2, 3], shortcuts={"edit.undo": "F9"}, sessions={"/库": session}), file
    )
    again = settings.load(file)
    assert (again.theme, again.reading_px, again.columns, again.shortcuts) == ("dark", 22, [1, 2, 3], {"edit.undo": "F9"})
    assert again.sessions["/库"] == session


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '"x"', '{"theme": 7, "sessions": [1], "columns": "x"}', '{"sessions": {"a": {"documents": [1]}}}'],
)
def test_a_damaged_file_means_defaults(tmp_path, text):
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")
    loaded = settings.load(file)
    assert loaded.theme == "system"
    assert all(session.documents == [] for session in loaded.sessions.values())


def test_no_file_means_defaults(tmp_path):
    assert settings.load(tmp_path / "none.json") == Settings()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
        max_leaves=20,
    )
)
def test_any_json_loads(tmp_path_factory, value):
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    file.write_text(json.dumps({"theme": value, "sessions": value, "reading_px": value}), encoding="utf-8")
    loaded = settings.load(file)
    assert isinstance(loaded.theme, str)
    assert isinstance(loaded.reading_px, int)


def test_a_session_can_leave_out_the_names_of_files_and_keep_the_places():
    session = Session([OpenDocument(3, item=2, file="a.pdf", page=4)], 0, 1, [OpenDocument(5, file="b.pdf", page=7)])
    bare = session.without_files()
    assert [(one.issue, one.item, one.page, one.file) for one in (*bare.documents, *bare.closed)] == [
        (3, 2, 4, ""),
        (5, 0, 7, ""),
    ]
    assert (bare.current, bare.side_tab) == (0, 1)
