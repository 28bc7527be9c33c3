"""The parts of the window program and how they are joined: an ordered list of starts, each with its stop beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.archive import catalogue, finding, suggesting, unlocking
from desktop.archive.library import Library
from desktop.archive.unlocking import Secret
from desktop.errors import KnownError
from desktop.fields.words import word_at
from desktop.paths import kinds_folder
from desktop.settings import Settings
from desktop.ui.calm import Calm
from desktop.ui.commands.context_menu import ContextMenus
from desktop.ui.commands.correcting import CorrectingCommands
from desktop.ui.commands.exchanging import ExchangeCommands
from desktop.ui.commands.fields import FieldCommands
from desktop.ui.commands.importing import ImportCommands
from desktop.ui.commands.keeping import KeepingCommands
from desktop.ui.commands.marking import MarkingCommands
from desktop.ui.commands.memo_output import MemoOutput
from desktop.ui.commands.memos import MemoCommands
from desktop.ui.commands.overview import OverviewCommands
from desktop.ui.commands.passphrases import PassphraseCommands
from desktop.ui.commands.passwords import PasswordCommands
from desktop.ui.commands.printing import PrintCommands
from desktop.ui.commands.reading import ReadingCommands
from desktop.ui.commands.removing import RemovingCommands
from desktop.ui.commands.revising import RevisionCommands
from desktop.ui.commands.searching import SearchCommands
from desktop.ui.commands.tools import ToolCommands
from desktop.ui.commands.triage import TriageCommands
from desktop.ui.commands.viewing import ViewingCommands
from desktop.ui.commands.vocabulary import VocabularyCommands
from desktop.ui.desk.desk import Desk
from desktop.ui.desk.viewing import issue_view
from desktop.ui.document_pane import DocumentPane
from desktop.ui.doorbell import Doorbell
from desktop.ui.first_look import FirstLook
from desktop.ui.item_panel import ItemPanel
from desktop.ui.jobs import Jobs
from desktop.ui.keymap import Keymap
from desktop.ui.library_panel import LibraryPanel
from desktop.ui.mark_bar import MarkBar
from desktop.ui.marks_panel import MarksPanel
from desktop.ui.memo_panel import MemoPanel
from desktop.ui.memo_preview import MemoPreview
from desktop.ui.note_editor import NoteEditor
from desktop.ui.panels import Panels
from desktop.ui.reading import ReadingView
from desktop.ui.search_panel import SearchPanel
from desktop.ui.section_tree import SectionTree
from desktop.ui.theme import LIGHT
from desktop.ui.triage import TriageBar

_FIRST_PAGE = 1500  # ms after the window came up until the rest of the start no longer waits for a page
_BREATH = 60  # ms between a page's image and the rest of the start: time to paint it
_SESSION_DELAY = 800  # ms after the last movement until place and looks are written


class Program:
    """The running window program. `stop()` undoes every start, last first."""

    def __init__(self, library: Library, settings: Settings, look: FirstLook, secrets: Sequence[Secret] = ()) -> None:
        self.settings = settings
        self._secrets = list(secrets)
        self.save_settings: Callable[[], None] = lambda: None
        self._closing = Event()
        self._stops: list[Callable[[], object]] = [library.close]
        self.successor: Program | None = None
        self.library = library
        self.jobs = Jobs(library.leave)
        self.jobs.hold("suggestions")
        self._settled = False
        self._stops.append(self.jobs.close)
        self.desk = Desk(library)
        self._stops.append(self.desk.close)
        self.window = look.window
        self._seen = look.seen
        self.renderer = look.page.renderer
        self._stops.append(self.renderer.close)
        self.pane = DocumentPane(look.page, ReadingView(LIGHT, word_at))
        self.panels = Panels(
            LibraryPanel(LIGHT),
            SectionTree(LIGHT),
            ItemPanel(LIGHT),
            MarksPanel(LIGHT),
            MemoPanel(LIGHT),
            SearchPanel(LIGHT),
            MemoPreview(LIGHT),
        )
        self.window.furnish(self.desk, self.pane, self.panels)
        self.bar = MarkBar(LIGHT, self.window)
        self.editor = NoteEditor(LIGHT, self.window)
        self.triage_bar = TriageBar(LIGHT, self.pane)
        self.window.theme_changed.connect(self.triage_bar.set_theme)
        self.window.theme_changed.connect(self.bar.set_theme)
        self.window.theme_changed.connect(self.editor.set_theme)
        self._add_commands()
        self._keep_panels()
        self._keep_session()

    def _add_commands(self) -> None:
        desk, pane, panels, window = self.desk, self.pane, self.panels, self.window
        self.reading = ReadingCommands(desk, pane, panels.tree)
        self.marking = MarkingCommands(desk, pane, self.bar, self.editor, panels.marks)
        self.fields = FieldCommands(desk, pane, panels.item, self.bar, panels.marks, self.marking, self.jobs)
        self.searching = SearchCommands(
            desk, pane, panels.search, self.reading, self.jobs, self.settings, window, window.reveal_search
        )
        self.memos = MemoCommands(
            desk,
            panels.memo,
            self.bar,
            self.reading,
            self.marking,
            self.settings,
            window,
            window.theme,
            self.searching.found_items,
        )
        panels.search.basket_requested.connect(self.memos.add_hits)
        self.output = MemoOutput(desk, panels.memo, panels.preview, self.memos, self.jobs, self.settings, window, kinds_folder())
        self.passwords = PasswordCommands(desk, pane, self.jobs, window, self._closing)
        self.importing = ImportCommands(desk, self.reading, self.jobs, self.settings, window, self._closing, self.passwords)
        self.viewing = ViewingCommands(desk, pane)
        self.triage = TriageCommands(desk, self.triage_bar, self.reading, self.jobs)
        self.overview = OverviewCommands(desk, window, self.reading, self.jobs)
        self.vocabulary = VocabularyCommands(desk, window, self.jobs)
        self.tools = ToolCommands(desk, self.jobs, window, self._exchange_library, self._secrets)
        self.passphrases = PassphraseCommands(desk, window, self._exchange_library, self._secrets)
        self.exchanging = ExchangeCommands(desk, self.jobs, self.settings, window, self.passwords)
        self.keeping = KeepingCommands(desk, self.jobs, self.reading, window, self._closing)
        self.passwords.opened.connect(self.keeping.read_again)
        self.correcting = CorrectingCommands(desk, pane, window)
        self.revising = RevisionCommands(desk, self.reading, self.marking, self.jobs, window, self.passwords)
        self.printing = PrintCommands(desk, pane, self.settings, window)
        self.removing = RemovingCommands(desk, pane, window)
        self.removing.removed.connect(self.index)
        keymap = Keymap(window, self._handlers(), self.settings.shortcuts)
        window.set_keymap(keymap, self.viewing.page_box)
        self.viewing.set_keymap(keymap)
        self.menus = ContextMenus(desk, pane, self.correcting, keymap)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        handlers = self.window.handlers()
        for commands in (
            self.reading, self.marking, self.fields, self.searching, self.memos, self.output, self.importing, self.viewing,
            self.triage, self.overview, self.vocabulary, self.tools, self.passphrases, self.exchanging, self.keeping,
            self.correcting, self.revising, self.printing, self.removing,
        ):  # fmt: skip
            handlers |= commands.handlers()
        return handlers

    def _keep_panels(self) -> None:
        library_panel = self.panels.library
        library_panel.open_issue.connect(self.reading.open_issue)
        library_panel.open_requested.connect(self.importing.choose_files)
        library_panel.folder_requested.connect(self.importing.choose_folder)
        library_panel.samples_requested.connect(self.importing.open_samples)
        library_panel.revisions_requested.connect(self.revising.show)
        library_panel.remove_requested.connect(self.removing.ask)
        self.importing.revised.connect(self.revising.show)
        self.window.files_dropped.connect(self.importing.bring_in)
        self._issues_shown = Calm(self.show_issues, self.window)
        self.desk.issues_changed.connect(self._issues_shown.ask)
        self.importing.imported.connect(self.index)
        self.desk.document_changed.connect(lambda document: library_panel.set_current(document.issue if document else 0))
        self.desk.items_changed.connect(self._update_tree)
        self.memos.opened.connect(self._count_basket)
        self.pane.reading.type_changed.connect(self._type_changed)

    def _keep_session(self) -> None:
        self._session_timer = QTimer(self.window)
        self._session_timer.setSingleShot(True)
        self._session_timer.setInterval(_SESSION_DELAY)
        self._session_timer.timeout.connect(self.remember)
        for signal in (
            self.pane.place_changed,
            self.pane.tabs_changed,
            self.pane.view_changed,
            self.pane.arranged,
            self.desk.document_changed,
        ):
            signal.connect(lambda *_: self._session_timer.start())
        self.window.closing.connect(self.stop)

    def listen(self) -> None:
        """Come to the front when the program is started once more on this library."""
        doorbell = Doorbell(self.library.folder)
        doorbell.rung.connect(self._come_forward)
        self._stops.append(doorbell.close)

    def _come_forward(self, files: list[Path]) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.importing.bring_in(files)

    def start(self) -> None:
        """Fill the window and show it as it was left."""
        settings = self.settings
        self.pane.reading.set_type(settings.reading_font, settings.reading_px, settings.line_height)
        self.window.apply_theme()
        self.window.restore()
        self.show_issues()
        self.memos.show_basket()
        self._count_basket()
        waiting = self._seen is not None and self._seen.given
        session = settings.sessions.get(self._session_key())
        if session:
            self.reading.restore(session, shown=not waiting)
            self.window.show_side(session.side_tab)
        if waiting:
            self.pane.await_document()
        elif not self.pane.documents:
            self.pane.show_document(None)
        self.desk.tell_history()

    def _settle(self) -> None:
        """The rest of the start, which nobody waits for: once, when the first page is seen or there is none to wait for."""
        if self._settled or not self._stops:
            return
        self._settled = True
        self.jobs.release("suggestions")
        self.jobs.run("suggestions", lambda: suggesting.make_ready(self.library), lambda _none: None)
        self.keeping.read_again()
        self.index()

    def index(self) -> None:
        """Bring the search index up to date in the background; searching is right meanwhile, only slower."""
        library, closing = self.library, self._closing
        self.jobs.run("background", lambda: finding.prepare(library, closing.is_set), lambda _done: None)

    def open(self, files: Sequence[Path]) -> None:
        """Show the window and open the files given on the command line; what is not needed for the first page comes after it."""
        self.window.show()
        if files:
            QTimer.singleShot(0, lambda: self.importing.bring_in(files))
            self.importing.imported.connect(self._arrive, Qt.ConnectionType.SingleShotConnection)
        else:
            self._settle_after_page()
        QTimer.singleShot(_FIRST_PAGE if files or self.pane.documents else 0, self.window, self._settle)

    def _arrive(self) -> None:
        """The files given are in, or refused: then what was open before is shown after all."""
        if self.desk.document is None:
            current = self.pane.current
            self.desk.show_issue(current.issue if current else None)
        self._settle_after_page()

    def _settle_after_page(self) -> None:
        later = partial(QTimer.singleShot, _BREATH, self.window, self._settle)
        if self.pane.page.is_sharp():
            later()
        else:
            self.renderer.image.connect(lambda _page: later(), Qt.ConnectionType.SingleShotConnection)

    def show_issues(self) -> None:
        """Fill the library list."""
        issues = catalogue.issues(self.library)
        self.panels.library.set_issues(tuple(issue_view(issue) for issue in issues))

    def _update_tree(self, _document: object) -> None:
        for item in self.desk.document.items if self.desk.document else ():
            self.panels.tree.update_item(item)

    def _count_basket(self) -> None:
        self.window.show_basket_count(self.memos.count())

    def _type_changed(self, px: int) -> None:
        self.settings.reading_px = px
        self._session_timer.start()

    def _session_key(self) -> str:
        return str(self.library.folder.resolve())

    def remember(self) -> None:
        """Write settings and session; an unwritable settings file costs only the place, so it is told once and no more."""
        session = self.window.remember()
        if self.library.secret:
            session = session.without_files()  # the names tell whoever has a file that it is in the library
        self.settings.sessions[self._session_key()] = session
        try:
            self.save_settings()
        except OSError as error:
            self.desk.said.emit(f"设置没有保存成功（{error.strerror}），资料不受影响。")

    def _exchange_library(self, work: Callable[[], str]) -> None:
        """Put another library in the place of this one: stop, let `work` do it and say so, and start on what is there then."""
        folder = self.library.folder
        QApplication.setQuitOnLastWindowClosed(False)
        self.window.hide()
        self.stop()
        done = refused = ""
        try:
            done = work()
        except KnownError as error:
            refused = str(error)
        self.successor = start(folder, self.settings, secrets=self._secrets)
        QApplication.setQuitOnLastWindowClosed(True)
        self.successor.save_settings = self.save_settings
        self.successor.listen()
        self.successor.open(())
        if done:
            self.successor.window.inform("要参阅读", done)
        else:
            self.successor.desk.failed.emit(refused)

    def stop(self) -> None:
        """Stop everything, last started first; safe to call twice."""
        if self._stops:
            self._session_timer.stop()
            self._closing.set()
            self.remember()
            from desktop.archive import backups  # late: it brings the reading of files, which the start can do without

            try:
                backups.automatic(self.library)
            except KnownError as error:
                self.desk.said.emit(str(error))
            self.window.deleteLater()
        while self._stops:
            self._stops.pop()()


def start(folder: Path, settings: Settings, look: FirstLook | None = None, secrets: Sequence[Secret] = ()) -> Program:
    """Open the library and join the parts, around the first look where there is one already.

    `secrets` are the passphrases at hand. Raises `PassphraseNeeded`, and KnownError where the library cannot be opened.
    """
    library = Library.open(folder, author=settings.author, secret=unlocking.secret_of(folder, secrets))
    program = Program(library, settings, look or FirstLook(settings), secrets)
    program.start()
    return program
