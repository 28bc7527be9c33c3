"""Passwords of protected PDFs: asked for at the window on behalf of whatever works behind it, and for the page view.

They are kept in memory until the library is closed; the text of an issue that is in the library needs none.
"""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog

from db.records import IssueRecord
from desktop.archive import catalogue, protected
from desktop.ui.desk.desk import Desk
from desktop.ui.document_pane import DocumentPane
from desktop.ui.jobs import Jobs
from desktop.ui.window import MainWindow

_LOOK: float = 0.1  # seconds between two looks whether the window closes


class _Question:
    """A question from another thread, until it is answered or taken back."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self.answer: str | None = None
        self.settled = Event()


class PasswordCommands(QObject):
    """One dialog at a time; whoever asks waits on a thread of its own, the window goes on."""

    opened = Signal()  # the pages of a protected issue can be read now
    _wanted = Signal(object)
    _dropped = Signal(object)

    def __init__(self, desk: Desk, pane: DocumentPane, jobs: Jobs, window: MainWindow, closing: Event) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._window, self._closing = desk, jobs, window, closing
        self._waiting: list[_Question] = []
        self._dialog: QDialog | None = None
        self._unlocking = 0  # the issue whose pages are asked for
        self._wanted.connect(self._put, Qt.ConnectionType.QueuedConnection)
        self._dropped.connect(self._drop, Qt.ConnectionType.QueuedConnection)
        pane.page.renderer.locked.connect(self._unlock)

    def ask(self, sentence: str, cancelled: Event | None = None) -> str | None:
        """The password that the reader types; None for 跳过, or when the work was cancelled. Never on the window's thread."""
        question = _Question(sentence)
        self._wanted.emit(question)
        while not question.settled.wait(_LOOK):
            if self._closing.is_set() or (cancelled and cancelled.is_set()):
                self._dropped.emit(question)
                return None
        return question.answer

    def _put(self, question: _Question) -> None:
        self._waiting.append(question)
        if self._dialog is None:
            self._show()

    def _show(self) -> None:
        from desktop.ui.passphrase_dialogs import PasswordDialog  # late: the first page needs none of it

        question = self._waiting[0]
        dialog = PasswordDialog(question.sentence, self._window)
        dialog.accepted.connect(lambda: self._settle(question, dialog.box.text()))
        dialog.rejected.connect(lambda: self._settle(question, None))
        self._dialog = dialog
        dialog.show()

    def _settle(self, question: _Question, answer: str | None) -> None:
        self._dialog = None
        self._waiting.remove(question)
        question.answer = answer
        question.settled.set()
        if self._waiting:
            self._show()

    def _drop(self, question: _Question) -> None:
        """Nobody waits for the answer any more."""
        if question not in self._waiting:
            return
        if question is self._waiting[0] and self._dialog:
            self._dialog.reject()
        else:
            self._waiting.remove(question)

    # --- the page view

    def _unlock(self) -> None:
        """The pages of the issue shown are locked: find the password, then show it once more."""
        document = self._desk.document
        if document is None or self._unlocking:
            return
        library, issue = self._desk.library, catalogue.issue(self._desk.library, document.issue)
        self._unlocking = issue.id
        self._jobs.run(
            "quick",
            lambda: protected.unlock(library, issue, document.title, self.ask),
            lambda _none: self._unlocked(issue),
            lambda _error: self._left_locked(issue),
        )

    def _unlocked(self, issue: IssueRecord) -> None:
        self._unlocking = 0
        document = self._desk.document
        if document and document.issue == issue.id:
            self._desk.show_issue(issue.id)
        self.opened.emit()

    def _left_locked(self, issue: IssueRecord) -> None:
        """The page view says what is the matter already; another locked issue may be shown by now."""
        self._unlocking = 0
        document = self._desk.document
        if document and document.issue != issue.id:
            self._desk.show_issue(document.issue)
