"""A program that works in a library until it is killed: after each change it says on stdout what it has reported as saved.

Run as `python -m tests.faults.working LIBRARY marks|imports|folder|copies|restores|climbs|seals [FOLDER]`. A library with a passphrase has
that of `tests.archive.sealed`.
"""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path

from desktop.archive import backups, catalogue, importing, marking, sealing, tagging, undoing
from desktop.archive.library import Library
from tests.archive.sealed import secret


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


def import_at_once(library: Library, folder: Path) -> None:
    """The whole folder in one call, which tells how many files are done."""
    importing.import_paths(library, [folder], progress=lambda done, total, name: say("done", done, total, name))


def copy_and_mark(library: Library) -> None:
    """A mark, then an automatic copy, and so on."""
    item = catalogue.items(library, 1)[0]
    for turn in itertools.count(1):
        say("mark", marking.add(library, item.id, 0, 1 + turn % 9).uid)
        say("copy", backups.automatic(library))


def restore(folder: Path, backup_files: Path) -> None:
    """One backup after the other in the place of the last."""
    for file in itertools.cycle(sorted(backup_files.iterdir())):
        kept = backups.restore(folder, file)
        say("restored", file.name)
        if kept:
            shutil.rmtree(kept)


def climb(folder: Path, old: Path) -> None:
    """Libraries of the first shape, opened one after the other."""
    for turn in itertools.count(1):
        here = folder / str(turn)
        here.mkdir(parents=True)
        shutil.copy(old, here / "library.db")
        say("open", turn)
        Library.open(here).close()


def seal(folder: Path) -> None:
    """A passphrase set and taken away again, and so on."""
    for present, wanted in itertools.cycle([(None, secret()), (secret(), None)]):
        sealing.change(folder, present, wanted)
        say("sealed" if wanted else "unsealed")


def main() -> None:
    if sys.argv[2] == "seals":
        say("begun")
        seal(Path(sys.argv[1]))
    if sys.argv[2] in ("restores", "climbs"):
        say("begun")
        (restore if sys.argv[2] == "restores" else climb)(Path(sys.argv[1]), Path(sys.argv[3]))
    with Library.open(Path(sys.argv[1]), secret=secret()) as library:
        say("open")
        if sys.argv[2] == "marks":
            mark_and_tag(library)
        elif sys.argv[2] == "copies":
            copy_and_mark(library)
        elif sys.argv[2] == "folder":
            import_at_once(library, Path(sys.argv[3]))
        else:
            import_all(library, Path(sys.argv[3]))


if __name__ == "__main__":
    main()
