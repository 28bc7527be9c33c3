"""A text file opens whatever its encoding and line ends; what is no text is refused."""

from __future__ import annotations

import pytest

from desktop.errors import UnreadableFile
from desktop.readers import read
from desktop.readers.text import decode

WORDS = "云岭参考\n第 12 期\n\n近日，省科技厅印发《测控产业方案》，支持“云岭造”天线阵列建设，取得积极成效。\n"
TRADITIONAL = "雲嶺參考\n近日，科技廳印發測控產業方案，支持天線陣列建設，取得積極成效。\n"

ENCODINGS = [
    ("UTF-8", WORDS.encode()),
    ("UTF-8 with a mark", WORDS.encode("utf-8-sig")),
    ("GB18030", WORDS.encode("gb18030")),
    ("UTF-16 with a mark", WORDS.encode("utf-16")),
    ("UTF-16 big endian with a mark", b"\xfe\xff" + WORDS.encode("utf-16-be")),
    ("UTF-16 little endian without a mark", WORDS.encode("utf-16-le")),
    ("UTF-16 big endian without a mark", WORDS.encode("utf-16-be")),
    ("CRLF", WORDS.replace("\n", "\r\n").encode()),
    ("CR", WORDS.replace("\n", "\r").encode()),
]


@pytest.mark.parametrize("data", [row[1] for row in ENCODINGS], ids=[row[0] for row in ENCODINGS])
def test_every_encoding_gives_the_same_lines(tmp_path, data):
    path = tmp_path / "参考.txt"
    path.write_bytes(data)
    (page,) = read(path).pages
    assert "\n".join(line.text for line in page.lines) == WORDS


def test_big5_is_told_from_gb18030():
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_a_damaged_byte_does_not_turn_the_whole_text_into_another_encoding():
    data = (WORDS * 20).encode()
    assert decode(data[:400] + b"\xff" + data[401:]).startswith(WORDS)


def test_form_feeds_part_pages_and_lines_count_through_the_file(tmp_path):
    path = tmp_path / "参考.txt"
    path.write_text("甲乙\n丙\f丁\n\n戊己", "utf-8")
    first, second = read(path).pages
    assert [(line.number, line.first, line.text) for line in first.lines] == [(1, 0, "甲乙"), (2, 2, "丙")]
    assert [(line.number, line.first, line.text) for line in second.lines] == [(3, 0, "丁"), (4, 1, ""), (5, 1, "戊己")]
    assert [page.number for page in (first, second)] == [1, 2]


JUNK = [
    ("random bytes", bytes(range(256)) * 40),
    ("zeros", b"\x00" * 4000),
    ("blanks only", "\n \t　\n".encode()),
    ("Latin-1 prose in no Chinese encoding", "Ünë phräsé àvéc dès âccénts ét d'äutrés\n".encode("latin-1") * 20),
]


@pytest.mark.parametrize("data", [row[1] for row in JUNK], ids=[row[0] for row in JUNK])
def test_what_is_no_text_is_refused(tmp_path, data):
    path = tmp_path / "参考.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"参考\.txt.*。$"):
        read(path)
