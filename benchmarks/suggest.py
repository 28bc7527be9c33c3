"""How right and how fast the field suggestions are: `python -m benchmarks.suggest`.

Prints the fictional table of the tests, and, where the real issues lie beside the repository, the expert's tags on them: in
full, and once more with each issue judged by a vocabulary without the words that only that issue gives a reason for (words
outside the plan that occur in no other issue, not in the plan and not in the fictional table). The second line is the honest
one, as the outside words were collected with these issues at hand. The learning curve confirms the fields of some items, refuses
the wrong ones that were shown, and counts on the others; once with the vocabulary as it is, once with the plan's own words only.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from desktop.bulletin.folding import fold
from desktop.bulletin.model import Passage
from desktop.fields.jsonform import load_vocabulary
from desktop.fields.learning import NOTHING, Learnt, Lesson, learn
from desktop.fields.matching import lexicon
from desktop.fields.suggest import plain_passages, suggest, suggest_text
from desktop.fields.vocabulary import GENERAL, Field, Term, Vocabulary
from tests.fields.fresh import FRESH, HARDER, LATER
from tests.fields.labelled import ITEMS, Labelled
from tests.real.conftest import real_data
from tests.real.gold import GoldItem, gold_items, plan_text


def main() -> None:
    """Print the table."""
    vocabulary = load_vocabulary()
    started = time.perf_counter()
    lexicon(vocabulary)
    print(f"dictionary and word list loaded in {time.perf_counter() - started:.2f} s, once a process")
    for name, items in (
        ("fictional items", ITEMS),
        ("written unseen", FRESH),
        ("written to mislead", HARDER),
        ("written later", LATER),
    ):
        _print_fictional(name, items, vocabulary)
    _print_bands(vocabulary)
    _print_curve("as it is", vocabulary)
    _print_curve("plan's words only", _without(vocabulary, lambda term: term.outside and term.field != GENERAL))
    data = real_data()
    if not (data / "truth").is_dir():
        print(f"real issues: not at {data}, skipped")
        return
    gold = gold_items(data)
    _print_gold("real issues", gold, lambda _: vocabulary)
    reduced = _left_out(vocabulary, gold, plan_text(data))
    _print_gold("real issues, leaving each one out", gold, lambda entry: reduced[entry.issue])
    _print_speed(vocabulary, gold)


def _print_fictional(name: str, items: Sequence[Labelled], vocabulary: Vocabulary) -> None:
    pairs, wrong, shown = [], 0, 0
    for item in items:
        found = [suggestion.field for suggestion in suggest_text(item.title, item.text, vocabulary)]
        pairs.append((item.field, found[0] if found else ""))
        shown += len(found)
        wrong += sum(field not in (item.field, *item.also) for field in found)
    print(f"{name}: {_right(pairs)}, macro-F1 {macro_f1(pairs):.2f}, {wrong} of {shown} shown fields wrong")


def _print_gold(name: str, gold: Sequence[GoldItem], vocabulary: Callable[[GoldItem], Vocabulary]) -> None:
    items, points, wrong = [], [], 0
    for entry in gold:
        passages, title = entry.item.passages, entry.item.title
        found = [suggestion.field for suggestion in suggest(title, passages, vocabulary(entry))]
        items.append((entry.field, found[0] if found else ""))
        wrong += sum(field not in {entry.field, *entry.also} for field in found)
        for number, field in entry.points.items():
            at_point = suggest(title, passages, vocabulary(entry), point=number)
            points.append((field, at_point[0].field if at_point else ""))
    print(f"{name}: items {_right(items)}, macro-F1 {macro_f1(items):.2f}, {wrong} wrong further fields; points {_right(points)}")


def _print_bands(vocabulary: Vocabulary) -> None:
    """How often a shown field is right, by its score."""
    right: Counter[int] = Counter()
    shown: Counter[int] = Counter()
    for item in (*ITEMS, *FRESH, *HARDER, *LATER):
        for one in suggest_text(item.title, item.text, vocabulary):
            band = min(int(one.score * 10), 9)
            shown[band] += 1
            right[band] += one.field in (item.field, *item.also)
    print(
        "shown fields that are right, by score:",
        ", ".join(f"{band / 10:.1f} {right[band]} of {shown[band]}" for band in sorted(shown)),
    )


def _print_curve(name: str, vocabulary: Vocabulary, orders: int = 4) -> None:
    """How many of the items not yet confirmed get their field first, as more and more are confirmed."""
    texts = [(item, plain_passages(item.title, item.text)) for item in (*ITEMS, *FRESH, *HARDER, *LATER) if item.field]
    shown = [{one.field for one in suggest(passages[0].text, passages, vocabulary)} for _, passages in texts]
    print(f"learning curve, vocabulary {name}:")
    for count in (0, 15, 30, 60, 90):
        before = after = total = 0
        for seed in range(orders):
            order = random.Random(seed).sample(range(len(texts)), len(texts))
            learnt = learn([_lesson(*texts[at], shown[at]) for at in order[:count]], vocabulary)
            for item, passages in (texts[at] for at in order[count:]):
                before += _is_first(item, passages, vocabulary, NOTHING)
                after += _is_first(item, passages, vocabulary, learnt)
            total += len(order) - count
        print(f"  {count:3d} confirmed: {after / total:.3f} of the rest right, {before / total:.3f} without them")


def _lesson(item: Labelled, passages: tuple[Passage, ...], shown: set[str]) -> Lesson:
    return Lesson(passages, frozenset({item.field}), frozenset(shown - {item.field, *item.also}))


def _is_first(item: Labelled, passages: tuple[Passage, ...], vocabulary: Vocabulary, learnt: Learnt) -> bool:
    found = suggest(passages[0].text, passages, vocabulary, learnt=learnt)
    return bool(found) and found[0].field == item.field


def _right(pairs: Sequence[tuple[str, str]]) -> str:
    return f"{sum(wanted == found for wanted, found in pairs)} of {len(pairs)}"


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean over fields of F1, from (wanted, found) pairs."""
    right = Counter(wanted for wanted, found in pairs if wanted == found)
    named = Counter(wanted for wanted, _ in pairs) + Counter(found for _, found in pairs)
    return statistics.fmean(2 * right[field] / count for field, count in named.items())


def _left_out(vocabulary: Vocabulary, gold: Sequence[GoldItem], plan: str) -> dict[str, Vocabulary]:
    """For each issue the vocabulary without the outside words that occur in it and nowhere else."""
    texts: dict[str, str] = {}
    for entry in gold:
        texts[entry.issue] = texts.get(entry.issue, "") + fold(entry.item.text)
    elsewhere = fold(plan + "".join(item.title + item.text for item in ITEMS))
    return {
        issue: _without(vocabulary, lambda term, own=own, issue=issue: _only_in(term, own, elsewhere, texts, issue))
        for issue, own in texts.items()
    }


def _only_in(term: Term, own: str, elsewhere: str, texts: dict[str, str], issue: str) -> bool:
    word = fold(term.text)
    others = (text for name, text in texts.items() if name != issue)
    return term.outside and word in own and word not in elsewhere and not any(word in text for text in others)


def _without(vocabulary: Vocabulary, unwanted: Callable[[Term], bool]) -> Vocabulary:
    def kept(terms: Iterable[Term]) -> tuple[Term, ...]:
        return tuple(term for term in terms if not unwanted(term))

    def thinned(field: Field) -> Field:
        return replace(
            field, terms=kept(field.terms), subfields=tuple(replace(sub, terms=kept(sub.terms)) for sub in field.subfields)
        )

    return replace(vocabulary, fields=tuple(map(thinned, vocabulary.fields)), general=thinned(vocabulary.general))


def _print_speed(vocabulary: Vocabulary, gold: Sequence[GoldItem]) -> None:
    words = lexicon(vocabulary).words
    suggesting = _median(gold, lambda entry: suggest(entry.item.title, entry.item.passages, vocabulary))
    cutting = _median(gold, lambda entry: words.cut(fold(entry.item.text)))
    print(f"an item: {suggesting * 1000:.2f} ms, {suggesting / cutting:.2f} × jieba's own cut of its text")


def _median(gold: Sequence[GoldItem], work: Callable[[GoldItem], object], rounds: int = 5) -> float:
    """Seconds an item, the median over items of the best of some rounds."""
    times = []
    for entry in gold:
        best = float("inf")
        for _ in range(rounds):
            started = time.perf_counter()
            work(entry)
            best = min(best, time.perf_counter() - started)
        times.append(best)
    return statistics.median(times)


if __name__ == "__main__":
    main()
