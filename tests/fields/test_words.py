from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bulletin.folding import fold
from desktop.fields.words import BULLETIN_WORDS, EVERYDAY, Words, word_at

REPOSITORY = Path(__file__).resolve().parents[2]
LINES = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
SAMPLE = [line.split(" ")[0] for line in (*LINES[:120], *LINES[::173])]  # from all of the dictionary, its odd beginning too


def run(code: str, temporary: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60
    )


def test_suggesting_leaves_nothing_in_the_temporary_folder_and_says_nothing(tmp_path):
    code = "from desktop.fields.suggest import suggest_text\nfrom desktop.fields.jsonform import load_vocabulary\n"
    code += "print(suggest_text('量子通信', '中试。', load_vocabulary())[0].field)"
    ran = run(code, tmp_path)
    assert (ran.stdout.strip(), ran.stderr, list(tmp_path.iterdir())) == ("电子信息", "", [])


def test_a_planted_dictionary_cache_is_not_read(tmp_path):
    (tmp_path / "jieba.cache").write_bytes(b"not a cache")
    ran = run("from desktop.fields.words import Words\nprint(Words([]).cut('创新驱动'))", tmp_path)
    assert (ran.stdout.strip(), ran.stderr) == ("[(0, 2), (2, 4)]", "")
    assert (tmp_path / "jieba.cache").read_bytes() == b"not a cache"


def test_reading_the_vocabulary_does_not_load_the_dictionary(tmp_path):
    code = "import sys\nfrom desktop.fields.jsonform import load_vocabulary\n"
    code += "load_vocabulary().find('szjj')\nprint('jieba' in sys.modules)"
    assert run(code, tmp_path).stdout.strip() == "False"


def test_own_words_are_known_only_to_who_was_told():
    assert (0, 5) in Words(["新造词语甲"]).cut("新造词语甲")
    assert (0, 5) not in Words([]).cut("新造词语甲")


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [
        ("推进科技创新", 2, "科技"),
        ("推进科技创新", 5, "创新"),
        ("推行揭榜挂帅", 3, "揭榜挂帅"),
        ("安排 500万元", 4, "500"),
        ("甲，乙", 1, "，"),
        ("甲 乙", 1, " "),
        ("甲乙", 9, ""),
        ("", 0, ""),
    ],
)
def test_a_double_click_selects_a_word(text, offset, word):
    start, end = word_at(text, offset)
    assert text[start:end] == word


@pytest.fixture(scope="module")
def whole():
    """jieba as it comes, with all of its dictionary read, and the words of official prose told to it."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in BULLETIN_WORDS.read_text(encoding="utf-8").split():
        tokenizer.add_word(fold(word))
    return tokenizer


@settings(max_examples=300)
@given(st.randoms(use_true_random=False), st.text(max_size=12))
def test_words_are_cut_as_with_the_whole_dictionary_read(whole, dice, odd):
    words = [dice.choice(SAMPLE) for _ in range(10)]
    text = fold("".join(words) + odd + "".join(word[:1] for word in words))
    assert Words([]).cut(text) == [(start, end) for _, start, end in whole.tokenize(text, HMM=False)]


def test_a_word_is_as_rare_as_in_the_whole_dictionary(whole):
    words = Words([])
    told = {fold(word) for word in BULLETIN_WORDS.read_text(encoding="utf-8").split()}
    assert [words.rare(word) for word in SAMPLE] == [word not in told and whole.FREQ[word] <= EVERYDAY for word in SAMPLE]
