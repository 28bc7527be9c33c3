"""A made-up archive of any size whose texts are distributed like the real bulletins'.

Made of our own fictional items (samples and the tables of the field tests), cut into sentences and put together anew: each item
keeps to one field for about half of its sentences, favourites come oftener than others, places and figures are drawn anew, and
one word in twelve becomes another of its kind and length from jieba's dictionary, so that the tail of rare words is as long as
in life. What it was held against, and when it was decided once and for all, are these figures of twenty real items
(`python -m benchmarks._archive` prints those of made-up ones): length, share of different pairs of characters in an item, and in how many items the first,
tenth … most frequent pair stands. It was never fitted to how fast anything is.

                      length   different pairs   the 1st, 10th, 30th, 100th, 300th, 1000th pair is in
real, 20 items           683              0.72   0.95 0.70 0.55 0.40 0.20 0.10
made up, 20 items        658              0.77   1.00 0.75 0.55 0.35 0.20 0.10
"""

from __future__ import annotations

import json
import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice
from typing import Final

import jieba

from db import issues as store
from db.records import NewIssue, NewItem
from desktop.archive.library import Library
from desktop.bulletin.folding import fold
from desktop.bulletin.jsonform import passages_to_json
from desktop.bulletin.model import Passage, PassageKind
from desktop.paths import SAMPLES
from tests.fields.fresh import FRESH, HARDER, LATER
from tests.fields.labelled import ITEMS

PLACES: Final = ("望江市", "北岭省", "云渡市", "青石县", "南洲省", "临港市", "长汀省", "海陵市", "白鹭市", "松原省", "远山市", "汇川市")  # fmt: skip
SECTIONS: Final = ("部委动态", "省外速览", "省内要情", "产业观察", "专家观点")
NEEDLES: Final = ("囍", "青霁号", "68Ga-PSMA", "CAR-T", "裴德乐", "中国—古巴", "“蓝鳍”工程", "Ⅲ期注册")
"""What only one item in some hundred to ten thousand has."""

_OWN_FIELD: Final = 0.55  # of an item's sentences
_OTHER_WORD: Final = 1 / 12
_SWAPPED: Final = frozenset({"n", "v", "vn", "nz", "nr", "ns", "a", "an", "nt", "l", "i", "b", "d"})
_NAME: Final = re.compile("[\u4e00-\u9fff]{2}(?:省|市|县)(?![场区级属])")
_FIGURE: Final = re.compile(r"\d+")
_MARKER: Final = re.compile(r"^[（(]\d+[）)]")

Sentence = tuple[str, ...]
"""Words; one that stands for a place or a figure is PLACE or FIGURE with its number of digits."""

_PLACE, _FIGURE_SIGN = "\x01", "\x02"


def _stories() -> Iterator[tuple[str, str]]:
    """Field (or sample) and paragraph of all fictional texts."""
    for one in (*ITEMS, *FRESH, *HARDER, *LATER):
        for paragraph in (one.title + "。", *one.text.split("\n")):
            yield one.field, paragraph
    for sample in sorted(SAMPLES.glob("*.json")):
        for number, item in enumerate(_sample_items(sample.read_text(encoding="utf-8"))):
            for paragraph in item:
                yield f"{sample.stem}/{number}", paragraph


def _sample_items(form: str) -> Iterator[list[str]]:
    for section in json.loads(form)["sections"]:
        for item in section["items"]:
            yield [item["title"] + "。", item["lead"] or "", *(point["text"] for point in item["points"]), *item["paragraphs"]]


class Texts:
    """The sentences by field, with their weights, and the words that may stand for another."""

    def __init__(self) -> None:
        jieba.setLogLevel(60)
        by_field: defaultdict[str, list[Sentence]] = defaultdict(list)
        for field, paragraph in _stories():
            for said in _MARKER.sub("", paragraph).split("。"):
                if said:
                    by_field[field].append(_sentence(said))
        chance = random.Random(3)
        self.by_field = {field: _weighted(said, chance) for field, said in sorted(by_field.items())}
        self.every = _weighted([one for said in by_field.values() for one in said], chance)
        self.fields = sorted(by_field)
        self.kinds, self.words = _words()


def _sentence(said: str) -> Sentence:
    marked = _FIGURE.sub(lambda found: _FIGURE_SIGN + str(len(found[0])) + _FIGURE_SIGN, _NAME.sub(_PLACE, said))
    parts = re.split(f"({_PLACE}|{_FIGURE_SIGN}\\d+{_FIGURE_SIGN})", marked)
    words: list[str] = []
    for part in parts:
        words += [part] if part[:1] in (_PLACE, _FIGURE_SIGN) else jieba.cut(part)
    return tuple(words)


def _weighted(sentences: list[Sentence], chance: random.Random) -> tuple[list[Sentence], list[float]]:
    """In any order, the first ones much oftener than the last ones."""
    chance.shuffle(sentences)
    return sentences[:], list(accumulate(1 / (rank + 10) for rank in range(len(sentences))))


def _words() -> tuple[dict[str, tuple[str, int]], dict[tuple[str, int], tuple[list[str], list[float]]]]:
    """Kind and length of each word of the dictionary, and the words of each kind and length with weights."""
    kinds: dict[str, tuple[str, int]] = {}
    groups: defaultdict[tuple[str, int], tuple[list[str], list[float]]] = defaultdict(lambda: ([], []))
    for line in jieba.get_dict_file():
        word, times, kind = line.decode().split()
        if kind in _SWAPPED:
            kinds[word] = (kind, len(word))
            groups[kind, len(word)][0].append(word)
            groups[kind, len(word)][1].append(int(times) ** 0.6)
    return kinds, {group: (words, list(accumulate(weights))) for group, (words, weights) in groups.items()}


@cache
def _texts() -> Texts:
    return Texts()


class Writer:
    """Writes items, one after the other."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._texts = _texts()

    def item(self) -> NewItem:
        """An item of a title, a lead and some points."""
        chance = self._chance
        field, place = chance.choice(self._texts.fields), chance.choice(PLACES)
        title = self._said(field, place)
        lead = f"近日，{self._paragraph(field, place, chance.randint(1, 2))}"
        passages = [Passage(PassageKind.TITLE, title), Passage(PassageKind.LEAD, lead)]
        for number in range(1, chance.randint(3, 6)):
            head = self._said(field, place)[:16]
            text = f"{head}。{self._paragraph(field, place, chance.randint(3, 6))}"
            passages.append(Passage(PassageKind.POINT, text, number=number, marker=f"（{number}）", head=head))
        text = "\n".join(passage.text for passage in passages)
        return NewItem(chance.choice(SECTIONS), 1, title, 1, "省外", place, text, passages_to_json(tuple(passages)))

    def _paragraph(self, field: str, place: str, sentences: int) -> str:
        said = "。".join(self._said(field, place) for _ in range(sentences)) + "。"
        if self._chance.random() < 0.003:
            rare = int(self._chance.expovariate(0.6))
            said += f"其中{NEEDLES[min(rare, len(NEEDLES) - 1)]}进展顺利。"
        return said

    def _said(self, field: str, place: str) -> str:
        chance, texts = self._chance, self._texts
        sentences, weights = texts.by_field[field] if chance.random() < _OWN_FIELD else texts.every
        (words,) = chance.choices(sentences, cum_weights=weights)
        return "".join(self._word(word, place) for word in words)

    def _word(self, word: str, place: str) -> str:
        chance = self._chance
        if word == _PLACE:
            return place if chance.random() < 0.8 else chance.choice(PLACES)
        if word[0] == _FIGURE_SIGN:
            return self._figure(int(word[1:-1]))
        if chance.random() < _OTHER_WORD and word in self._texts.kinds:
            words, weights = self._texts.words[self._texts.kinds[word]]
            return chance.choices(words, cum_weights=weights)[0]
        return word

    def _figure(self, digits: int) -> str:
        if digits == 4 and self._chance.random() < 0.7:
            return str(self._chance.randint(2015, 2030))
        figure = str(self._chance.randrange(10 ** (digits - 1), 10**digits))
        return f" {figure} " if self._chance.random() < 0.3 else figure


def make_items(chance: random.Random, number: int) -> Iterator[NewItem]:
    """Items of about 700 characters, each mostly about one field."""
    writer = Writer(chance)
    return (writer.item() for _ in range(number))


def fill(library: Library, number: int) -> None:
    """Store issues of five items, over ten years, many at a time."""
    items = make_items(random.Random(1), number)
    issues = (number + 4) // 5
    first = date(2016, 1, 4)
    for start in range(0, issues, 100):
        with library.database.operation("收入", undoable=False) as operation:
            for at in range(start, min(start + 100, issues)):
                day = (first + timedelta(days=at * 3650 // issues)).isoformat()
                head = NewIssue("issue", "创新望江", int(day[:4]), str(at), day, (), None, f"{at:064}", "txt", "", 1, "{}", "1")
                store.add(operation, head, list(islice(items, 5)))


def described(texts: list[str]) -> str:
    """What the archive is held against: see this module's words."""
    texts = [fold(text) for text in texts]
    present: Counter[str] = Counter()
    different: list[float] = []
    for text in texts:
        pairs = {text[at : at + 2] for at in range(len(text) - 1)}
        present.update(pairs)
        different.append(len(pairs) / len(text))
    shares = [count / len(texts) for _, count in present.most_common(1000)]
    curve = " ".join(f"{shares[place - 1]:.2f}" for place in (1, 10, 30, 100, 300, 1000))
    length = statistics.mean(map(len, texts))
    return f"{len(texts)} items{length:10.0f}{statistics.mean(different):18.2f}   {curve}"


if __name__ == "__main__":
    for count in (20, 10_000):
        print(described([item.text for item in make_items(random.Random(1), count)]))
