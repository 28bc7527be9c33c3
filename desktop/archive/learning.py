"""What a library's confirmed tags and refusals have taught the suggestions; suggestions themselves never count.

What is learnt is drawn from the tags whenever they change, not stored beside them: so undo unlearns, and nothing can go stale.
"""

from __future__ import annotations

from collections.abc import Iterable

from db import issues as issue_store
from db import lessons as store
from desktop.archive import catalogue
from desktop.archive.library import Library
from desktop.bulletin.model import Passage, PassageKind
from desktop.fields.learning import Learnt, Lesson, learn
from desktop.fields.vocabulary import Vocabulary


def learnt(library: Library) -> Learnt:
    """What the decisions in the library teach, under the vocabulary in force."""
    key = (library.database.position, library.vocabulary)
    if library.learnt is None or library.learnt[0] != key:
        library.learnt = (key, learn(lessons(library), library.vocabulary))
    return library.learnt[1]


def lessons(library: Library) -> list[Lesson]:
    """One lesson for each item or point with a decision. Fields that the vocabulary in force does not have teach nothing."""
    known = {field.name for field in library.vocabulary.all_fields}
    by_target: dict[tuple[int, int | None], list[store.Decision]] = {}
    for decision in store.decisions(library.database):
        if decision.field in known:
            by_target.setdefault((decision.item, decision.point), []).append(decision)
    items = {item.id: item for item in issue_store.items_by_id(library.database, sorted({item for item, _ in by_target}))}
    return [_lesson(_text(catalogue.passages(items[item]), point), decisions) for (item, point), decisions in by_target.items()]


def start_over(library: Library, initiator: object | None = None) -> None:
    """Forget what was learnt; tags and refusals stay. Undo takes it back."""
    with library.database.operation("清除习得的内容", initiator=initiator) as operation:
        store.start_over(operation)


def told(learnt: Learnt, vocabulary: Vocabulary) -> list[str]:
    """What was learnt, as sentences, strongest first."""
    order = {field.name: at for at, field in enumerate(vocabulary.all_fields)}
    words = sorted(learnt.words.values(), key=lambda word: (-word.lessons, order.get(word.field, 99), word.text))
    said = [f"“{word.text}”：见于您确认为“{word.field}”的{word.lessons}处，作为依据。" for word in words]
    shares = sorted(learnt.shares.items(), key=lambda entry: entry[1])
    return said + [f"“{term}”：曾引出您不采纳的“{field}”，按{share:.0%}计。" for (field, term), share in shares]


def _lesson(passages: tuple[Passage, ...], decisions: Iterable[store.Decision]) -> Lesson:
    decided = list(decisions)
    return Lesson(
        passages,
        frozenset(decision.field for decision in decided if decision.confirmed),
        frozenset(decision.field for decision in decided if not decision.confirmed),
    )


def _text(passages: tuple[Passage, ...], point: int | None) -> tuple[Passage, ...]:
    if point is None:
        return passages
    return tuple(passage for passage in passages if passage.kind is PassageKind.POINT and passage.number == point)
