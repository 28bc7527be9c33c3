"""Field suggestions for what the library holds, without the ones that the reader turned down. Reads only; never tags."""

from __future__ import annotations

from desktop.archive import catalogue, learning, tagging
from desktop.archive.library import Library
from desktop.fields.matching import lexicon
from desktop.fields.suggest import Suggestion
from desktop.fields.suggest import suggest as suggest_for


def make_ready(library: Library) -> None:
    """Load what the first suggestion needs (a third of a second): for a background thread at start-up."""
    lexicon(library.vocabulary)


def suggest(library: Library, item_id: int, *, point: int | None = None) -> list[Suggestion]:
    """The fields that an item, or its point of number `point`, speaks for, best first.

    Fields refused for that item or point are left out; fields already confirmed are not, so that their reasons can be seen.
    Raises `NotFound` for an item or point that does not exist.
    """
    item = catalogue.item(library, item_id)
    refused = {refusal.field for refusal in tagging.refusals(library, item_id) if refusal.point == point}
    learnt = learning.learnt(library)
    return suggest_for(item.title, catalogue.passages(item), library.vocabulary, point=point, refused=refused, learnt=learnt)
