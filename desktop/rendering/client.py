"""Page images and characters for the window, from a render process that may hang or die without the window noticing.

The view hands over a *wish list* at each scroll, most urgent first. One job is in flight; what is no longer wished for when
its turn comes is simply never sent, so the reader waits for one job at most. The window itself never imports PyMuPDF.
"""

from __future__ import annotations

import base64
from array import array
from collections import Counter, deque
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.bulletin.box import Box
from desktop.rendering import sentences
from desktop.rendering.arena import CACHE_BYTES, Arena, Extent
from desktop.rendering.cache import ImageCache
from desktop.rendering.glyphs import Link, PageText
from desktop.rendering.launch import Child, Launched, launch
from desktop.rendering.process import Message, WorkerProcess
from desktop.rendering.protocol import ImageKey

_ATTEMPTS = 2  # per page and kind of job; afterwards the page is left alone until the reader asks again
_USUAL_SIZE = (595.0, 842.0)  # A4 in points: stands in for a page whose size cannot be read
_PATIENCE = {"open": 12_000, "render": 5_000, "text": 5_000, "links": 5_000, "prepare": 1_500}  # ms


class JobKind(Enum):
    """What a job brings."""

    PREVIEW = auto()  # an image, needless as soon as there is any image of the page
    IMAGE = auto()
    TEXT = auto()
    LINKS = auto()


@dataclass(frozen=True, slots=True)
class Job:
    """One wish: an image (with its key), or the characters or links of a page."""

    kind: JobKind
    page: int
    key: ImageKey | None = None


class _State(Enum):
    CLOSED = auto()
    OPENING = auto()
    REOPENING = auto()  # in a new process, after the old one was lost: the view need not be told
    OPEN = auto()


class Renderer(QObject):
    """One document's pages. `start` early: the process needs 0.2 s to come up. `close` at the end leaves nothing behind.

    Signals: `ready(list of (width, height) in points)`, `image(page)`, `text(page)`, `links(page)` when something of a page
    has come, `page_failed(page)` when its image was given up, `failed(sentence)` when the document cannot be shown, `locked`
    after it where that is for lack of its password.
    """

    ready = Signal(object)
    image = Signal(int)
    text = Signal(int)
    links = Signal(int)
    page_failed = Signal(int)
    failed = Signal(str)
    locked = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        cache_bytes: int = CACHE_BYTES,
        patience: Mapping[str, int] | None = None,
        launched: Launched | None = None,
    ) -> None:
        super().__init__(parent)
        self._patience = {**_PATIENCE, **(patience or {})}
        self._launched = launched  # a process on its way already, for the first start
        self._arena = launched.arena if launched else Arena(cache_bytes)
        self.cache = ImageCache(self._arena)
        self.texts: dict[int, PageText] = {}
        self.page_links: dict[int, tuple[Link, ...]] = {}
        self._wishes: tuple[Job, ...] = ()
        self._spare: deque[Job] | None = deque()  # None once preparing was given up
        self._preparing = False  # whether the job under way is one of these
        self._failures: Counter[tuple[str, int]] = Counter()
        self._state = _State.CLOSED
        self._file = ("", "")
        self._job: Job | None = None
        self._extent: Extent | None = None
        self._worker = WorkerProcess(self._child, self)
        self._worker.answered.connect(self._on_answer)
        self._worker.lost.connect(self._on_loss)
        self._worker.restarted.connect(self._on_restart)

    def _child(self) -> Child:
        launched, self._launched = self._launched, None
        return launched.child if launched else launch(self._arena)

    @property
    def worker_pid(self) -> int:
        """The render process's id, 0 while there is none."""
        return self._worker.pid

    @property
    def arena_path(self) -> Path:
        """The file that the images lie in until `close`."""
        return self._arena.path

    def start(self) -> None:
        """Start the render process."""
        self._worker.start()

    def open(self, path: Path | str, password: str = "") -> None:
        """Show this file from now on. Answers with `ready` or `failed`."""
        self._forget()
        self._file = (str(path), password)
        self._state = _State.OPENING
        self._worker.start()
        self._next()

    def moved(self, path: Path | str) -> bool:
        """The file shown lies here from now on, byte for byte; False, and nothing done, where none is shown."""
        if self._state is not _State.OPEN:
            return False
        self._file = (str(path), self._file[1])
        return True

    def leave(self) -> None:
        """Show no document; what is still under way for the last one is ignored when it comes."""
        self._state = _State.CLOSED
        self._forget()

    def wish(self, jobs: Sequence[Job]) -> None:
        """Replace the wish list, most urgent first. An image is never dropped to make room for a less urgent one."""
        self._wishes = tuple(jobs)
        self._next()

    def prepare(self, jobs: Sequence[Job]) -> None:
        """What to do, in this order, whenever no wish is open.

        Given up for the document when the process hangs or dies over it; a page that took too long for this is not bad, since nobody
        has asked for it.
        """
        if self._spare is not None:
            self._spare = deque(jobs)
            self._next()

    def is_needed(self, job: Job) -> bool:
        """Whether the job would bring something that is not at hand and has not been given up."""
        if self._failures[(_verb(job), job.page)] >= _ATTEMPTS:
            return False
        if job.kind is JobKind.TEXT:
            return job.page not in self.texts
        if job.kind is JobKind.LINKS:
            return job.page not in self.page_links
        if job.kind is JobKind.PREVIEW and job.key:
            return not self.cache.has_page(job.page, job.key.rotation)
        return job.key is not None and job.key not in self.cache

    def retry(self, page: int) -> None:
        """Try a page again that was given up."""
        for what in ("render", "text", "links"):
            self._failures.pop((what, page), None)
        self._next()

    def is_bad(self, page: int) -> bool:
        """Whether the page's image was given up."""
        return self._failures[("render", page)] >= _ATTEMPTS

    def close(self) -> None:
        """End the render process and remove the arena."""
        self.leave()
        self._worker.stop()
        self._settle()
        self._arena.remove()

    def _forget(self) -> None:
        """Drop what belongs to the document so far; a job in flight still ends by itself."""
        self.cache.clear()
        self.texts.clear()
        self.page_links.clear()
        self._wishes = ()
        self._spare = deque()
        self._failures.clear()
        self._job = None

    # --- asking

    def _next(self) -> None:
        if not self._worker.idle:
            return
        if self._state in (_State.OPENING, _State.REOPENING):
            path, password = self._file
            self._worker.send({"do": "open", "path": path, "password": password}, self._patience["open"])
        elif self._state is _State.OPEN:
            more_urgent: set[ImageKey] = set()
            for job in self._wishes:
                if self.is_needed(job) and self._ask(job, more_urgent):
                    return
                if job.key:
                    more_urgent.add(job.key)
            self._use_leisure(more_urgent)

    def _use_leisure(self, keep: Container[ImageKey]) -> None:
        while self._spare:
            job = self._spare.popleft()
            if self.is_needed(job) and self._ask(job, keep, preparing=True):
                return

    def _ask(self, job: Job, keep: Container[ImageKey], *, preparing: bool = False) -> bool:
        """Send the job, unless it is an image for which no room can be made without dropping one of `keep`."""
        request: Message = {"do": _verb(job), "page": job.page}
        if job.key:
            self._extent = self.cache.reserve(job.key, keep)
            if self._extent is None:
                return False
            request |= {"width": job.key.width, "height": job.key.height, "rotation": job.key.rotation, "clip": job.key.clip}
            request |= {"offset": self._extent.offset, "length": self._extent.length}
        self._job, self._preparing = job, preparing
        self._worker.send(request, self._patience["prepare" if preparing else request["do"]])
        return True

    # --- answers

    def _on_answer(self, request: Message, answer: Message) -> None:
        if request["do"] == "open":
            self._opened(request, answer)
        elif self._job is None:  # asked for a document that is no longer shown
            self._settle()
        else:
            self._received(self._job, answer)
        self._next()

    def _opened(self, request: Message, answer: Message) -> None:
        if self._state is _State.CLOSED or (request["path"], request["password"]) != self._file:
            return
        if "error" in answer:
            self._state = _State.CLOSED
            self.failed.emit(sentences.opening(answer["error"]))
            if answer["error"] == "locked":
                self.locked.emit()
            return
        first, self._state = self._state is _State.OPENING, _State.OPEN
        if not first:
            return
        for number, size in enumerate(answer["sizes"], start=1):
            if size is None:
                self._failures[("render", number)] = _ATTEMPTS
        self.ready.emit([tuple(size) if size else _USUAL_SIZE for size in answer["sizes"]])

    def _received(self, job: Job, answer: Message) -> None:
        self._job = None
        if "error" in answer:
            self._settle()
            self._failures[(_verb(job), job.page)] = _ATTEMPTS  # the same page would give the same error again
            self._tell_failure(job)
        elif job.key:
            self._received_image(job.key, answer)
        elif job.kind is JobKind.TEXT:
            self.texts[job.page] = _page_text(answer)
            self.text.emit(job.page)
        else:
            self.page_links[job.page] = tuple(_link(*row) for row in answer["links"])
            self.links.emit(job.page)

    def _received_image(self, key: ImageKey, answer: Message) -> None:
        if self._extent is not None:
            self.cache.put(key, self._extent, answer["width"], answer["height"], answer["stride"])
            self._extent = None
        self.image.emit(key.page)

    # --- losses

    def _on_loss(self, request: Message, hung: bool) -> None:
        self._settle()
        job, self._job = self._job, None
        if request["do"] == "open":
            self._lost_opening(hung)
        elif job is not None and self._preparing:
            self._spare = None
        elif job is not None:
            self._failures[(_verb(job), job.page)] += 1
            self._tell_failure(job)

    def _lost_opening(self, hung: bool) -> None:
        self._failures[("open", 0)] += 1
        if self._failures[("open", 0)] >= _ATTEMPTS:
            self._state = _State.CLOSED
            self.failed.emit(sentences.opening("stuck" if hung else "failing"))

    def _on_restart(self) -> None:
        """Bring a new process to where the old one was: the document is opened again before anything else."""
        if self._state is _State.OPEN:
            self._state = _State.REOPENING
        self._next()

    def _settle(self) -> None:
        """Give back the room of an image that did not come."""
        if self._extent is not None:
            self.cache.release(self._extent)
            self._extent = None

    def _tell_failure(self, job: Job) -> None:
        if job.key and self.is_bad(job.page):
            self.page_failed.emit(job.page)


def _verb(job: Job) -> str:
    return {JobKind.TEXT: "text", JobKind.LINKS: "links"}.get(job.kind, "render")


def _page_text(answer: Message) -> PageText:
    boxes = array("f")
    boxes.frombytes(base64.b64decode(answer["boxes"]))
    return PageText(answer["text"], answer["lines"], boxes)


def _link(x0: float, y0: float, x1: float, y1: float, page: int, height: float, uri: Any) -> Link:
    return Link(Box(x0, y0, x1, y1), page, height, str(uri))
