"""修订对照: the files of an issue, and what became of marks and passages when one took another's place."""

from desktop.ui.revisions.window import FileRow, MarkRow, RevisionWindow

__all__ = ["FileRow", "MarkRow", "RevisionWindow"]
