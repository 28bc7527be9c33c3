"""A program that works in a library until it is killed: after each change it says on stdout what it has reported as saved.

Run as `python -m tests.faults.working LIBRARY marks|imports FOLDER`.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from desktop.archive import catalogue, importing, marking, tagging, undoing
from desktop.archive.library import Library


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def mark_and_tag(library: Library) -> None:
    """Marks with fields; every fifth one is taken back, every third of the others edited."""
    item = catalogue.items(library, 1)[0]
    for turn in itertools.count(1):
        mark = marking.add(library, item.id, 0, 1 + turn % 9, note=f"第{turn}条", fields=["生物医药"])
        say("mark", mark.uid, mark.note)
        if turn % 5 == 0:
            undoing.undo(library)
            say("undone", mark.uid)
        elif turn % 3 == 0:
            say("mark", mark.uid, marking.update(library, mark.uid, note=f"改{turn}").note)
        if tagging.toggle(library, item.id, "综合"):
            say("tagged")
        else:
            say("untagged")


def import_all(library: Library, folder: Path) -> None:
    """File after file."""
    for path in sorted(folder.iterdir()):
        (outcome,) = importing.import_paths(library, [path])
        say(outcome.status, path.name)


def main() -> None:
    with Library.open(Path(sys.argv[1])) as library:
        say("open")
        if sys.argv[2] == "marks":
            mark_and_tag(library)
        else:
            import_all(library, Path(sys.argv[3]))


if __name__ == "__main__":
    main()
