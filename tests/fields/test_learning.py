"""What the reader's own tags and refusals teach: little, explainable, and never to the worse where the vocabulary is right."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bulletin.folding import fold
from desktop.fields.learning import NOTHING, Lesson, learn
from desktop.fields.suggest import plain_passages, suggest, suggest_text
from tests.fields.fresh import FRESH, HARDER, LATER
from tests.fields.labelled import ITEMS

TEXTS = [(item, plain_passages(item.title, item.text)) for item in (*ITEMS, *FRESH, *HARDER, *LATER) if item.field]


def confirmed(title: str, text: str, field: str) -> Lesson:
    return Lesson(plain_passages(title, text), confirmed=frozenset({field}))


def test_a_new_word_is_learnt_from_confirmed_tags_and_says_so(vocabulary):
    title, text = "禾苗蜃楼工程启动", "近日，蜃楼工程启动。"
    assert suggest_text(title, text, vocabulary) == []
    lessons = [
        confirmed("我省建成蜃楼装置", "近日，蜃楼装置建成。", "数字经济"),
        confirmed("蜃楼试验完成", "近日完成。", "数字经济"),
    ]
    learnt = learn(lessons, vocabulary)
    found = suggest_text(title, text, vocabulary, learnt=learnt)
    assert [one.field for one in found] == ["数字经济"]
    reason = found[0].evidence[0]
    assert (reason.term, reason.lessons) == ("蜃楼", 2)


def test_a_word_met_with_several_fields_teaches_nothing(vocabulary):
    lessons = [confirmed("蜃楼装置建成", "近日建成。", "数字经济"), confirmed("蜃楼材料下线", "近日下线。", "先进材料")]
    assert "蜃楼" not in learn(lessons, vocabulary).words


def test_a_word_that_misled_counts_less_until_it_is_confirmed_again(vocabulary):
    passages = plain_passages("某地举办石窟主题活动", "近日举办。")
    term = ("科技服务", "石窟")
    once = learn([Lesson(passages, refused=frozenset({"科技服务"}))], vocabulary)
    twice = learn([Lesson(passages, refused=frozenset({"科技服务"}))] * 2, vocabulary)
    again = learn(
        [Lesson(passages, refused=frozenset({"科技服务"}))] + [confirmed("石窟调查完成", "近日。", "科技服务")] * 2, vocabulary
    )
    assert 1 > once.share(*term) > twice.share(*term)
    assert again.share(*term) > once.share(*term)


def test_without_lessons_nothing_is_learnt(vocabulary):
    learnt = learn([], vocabulary)
    assert not learnt.words
    assert not learnt.shares


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([10, 30, 60]))
def test_confirming_right_fields_never_makes_the_rest_worse(vocabulary, seed, count):
    order = random.Random(seed).sample(TEXTS, len(TEXTS))
    learnt = learn([Lesson(passages, frozenset({item.field})) for item, passages in order[:count]], vocabulary)

    def right(with_what):
        return sum(
            [one.field for one in suggest(passages[0].text, passages, vocabulary, learnt=with_what)][:1] == [item.field]
            for item, passages in order[count:]
        )

    assert right(learnt) >= right(NOTHING) - 1  # one item on the border may tip over


def test_every_learnt_reason_stands_where_it_says(vocabulary):
    learnt = learn([Lesson(passages, frozenset({item.field})) for item, passages in TEXTS[::2]], vocabulary)
    for _, passages in TEXTS[1::2]:
        text = "\n".join(passage.text for passage in passages)
        for one in suggest(passages[0].text, passages, vocabulary, learnt=learnt):
            for reason in one.evidence:
                assert all(fold(text[start:end]) == fold(reason.term) for start, end in reason.places)
                assert reason.count == len(reason.places)
