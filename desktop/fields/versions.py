"""What changes its meaning when one vocabulary takes the place of another: the preview before an import."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.bulletin.folding import fold
from desktop.fields.export import vocabulary_to_json
from desktop.fields.vocabulary import Field, Vocabulary


def conflicts(new: Vocabulary, present: Vocabulary) -> list[str]:
    """What would change its meaning for existing tags if `new` replaced `present`, as sentences; empty when nothing would."""
    found = []
    if new.version == present.version and vocabulary_to_json(new) != vocabulary_to_json(present):
        found.append(f"版本号同为“{present.version}”而内容不同，建议改写版本号以免混淆。")
    codes = {field.code: field.name for field in new.all_fields}
    known = {field.name: field for field in new.all_fields}
    for field in present.all_fields:
        if field.name in known:
            found += _subfield_conflicts(known[field.name], field)
        elif field.code in codes:
            found.append(f"领域“{field.name}”改名为“{codes[field.code]}”，原有标签仍按旧名保存。")
        else:
            found.append(f"领域“{field.name}”在新词表中没有，原有标签仍按旧名保存。")
    return found + list(_moved_terms(new, present))


def _moved_terms(new: Vocabulary, present: Vocabulary) -> Iterator[str]:
    homes = {fold(term.text): term for field in present.all_fields for term in field.every_term()}
    for field in new.all_fields:
        for term in field.every_term():
            old = homes.get(fold(term.text))
            if old is not None and old.field != term.field:
                yield f"词语“{term.text}”由“{old.field}”移到“{term.field}”。"


def _subfield_conflicts(new: Field, present: Field) -> Iterator[str]:
    names = {sub.name for sub in new.subfields}
    codes = {sub.code: sub.name for sub in new.subfields}
    for sub in present.subfields:
        if sub.name in names:
            continue
        if sub.code in codes:
            yield f"子领域“{present.name}/{sub.name}”改名为“{codes[sub.code]}”，原有标签仍按旧名保存。"
        else:
            yield f"子领域“{present.name}/{sub.name}”在新词表中没有，原有标签仍按旧名保存。"
