"""The render process: draws pages and reads their characters, so that nothing a file contains can stop or harm the window.

PyMuPDF holds Python's global lock for a whole call and may crash or never return on a hostile page; here it may. Run as
`python -m desktop.rendering.worker ARENA`, it answers one request a line (`desktop.rendering.protocol`) until its input
ends, then removes the arena in case the window could not. It writes nowhere but into the arena.
"""

from __future__ import annotations

import base64
import gc
import json
import math
import mmap
import os
import signal
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pymupdf

from desktop.rendering.protocol import MAX_PIXELS, ImageKey, page_matrix

Answer = dict[str, Any]

# What MuPDF and its wrapper raise on damaged pages. Anything else ends the process, and the window starts another.
PAGE_ERRORS = (RuntimeError, ValueError, TypeError, IndexError, KeyError, OverflowError, MemoryError, pymupdf.mupdf.FzErrorBase)

_SELF_LIMIT = 60  # seconds for one job: ends the process even when the window that watches it is gone
_ADDRESS_SPACE = 4 << 30  # bytes: a picture bomb fails here and does not drive the machine into swapping
_SHRINK_EVERY = 4  # renders: MuPDF's own store grows to 256 MB on scans otherwise, and by 12 MB a scanned page
_SHRINK_BY = 80  # per cent of it


class RequestError(Exception):
    """A request that cannot be met; the argument is a code of `desktop.rendering.sentences`."""


class Worker:
    """One document at a time and the operations on it."""

    def __init__(self, arena: mmap.mmap) -> None:
        self._arena = arena
        self._document: pymupdf.Document | None = None
        self._renders = 0
        self._operations: dict[str, Callable[[Answer], Answer]] = {
            "open": self._open,
            "render": self._render,
            "text": self._text,
            "links": self._links,
            "close": self._close,
        }

    def answer(self, request: Answer) -> Answer:
        """Results or an error code; never raises for what a file contains."""
        try:
            return self._operations[request["do"]](request)
        except RequestError as refused:
            return {"error": str(refused)}
        except PAGE_ERRORS as error:
            return {"error": "page", "detail": ascii(error)}

    def _open(self, request: Answer) -> Answer:
        self._close(request)
        path = Path(request["path"])
        try:
            with path.open("rb") as file:
                if not file.read(1):
                    raise RequestError("empty")
            document = pymupdf.open(path, filetype="pdf")
        except FileNotFoundError as error:
            raise RequestError("missing") from error
        except OSError as error:
            raise RequestError("denied") from error
        except PAGE_ERRORS as error:
            raise RequestError("damaged") from error
        if not document.is_pdf:  # a picture that is called .pdf opens as a picture
            raise RequestError("damaged")
        if document.needs_pass and not document.authenticate(request.get("password") or ""):
            raise RequestError("locked")
        if document.page_count == 0:  # a lost page tree opens without an error; load_page(-1) would never return
            raise RequestError("damaged")
        self._document = document
        return {"sizes": [self._size(n) for n in range(document.page_count)]}

    def _size(self, number: int) -> list[float] | None:
        try:
            rect = self._page(number + 1).rect
        except PAGE_ERRORS:
            return None
        usable = math.isfinite(rect.width) and math.isfinite(rect.height) and rect.width >= 1 and rect.height >= 1
        return [rect.width, rect.height] if usable else None

    def _page(self, number: int) -> pymupdf.Page:
        if self._document is None or not 1 <= number <= self._document.page_count:
            raise RequestError("page")
        return self._document.load_page(number - 1)

    def _render(self, request: Answer) -> Answer:
        clip = request["clip"]
        key = ImageKey(request["page"], request["width"], request["height"], request["rotation"], tuple(clip) if clip else None)
        if key.pixels > MAX_PIXELS:
            raise RequestError("large")
        listed = self._page(key.page).get_displaylist()
        bounds = listed.rect
        matrix = pymupdf.Matrix(1, 0, 0, 1, -bounds.x0, -bounds.y0) * pymupdf.Matrix(
            *page_matrix((bounds.width, bounds.height), key.width, key.height, key.rotation)
        )
        part = pymupdf.Rect(key.area) * ~matrix if key.clip else None
        pixmap = listed.get_pixmap(matrix=matrix, alpha=0, clip=part)
        return self._store(pixmap, request["offset"], request["length"])

    def _store(self, pixmap: pymupdf.Pixmap, offset: int, length: int) -> Answer:
        size = pixmap.stride * pixmap.height
        if size > length:
            raise RequestError("large")
        self._arena[offset : offset + size] = pixmap.samples_mv
        self._renders += 1
        if self._renders % _SHRINK_EVERY == 0:
            pymupdf.TOOLS.store_shrink(_SHRINK_BY)
        return {"width": pixmap.width, "height": pixmap.height, "stride": pixmap.stride}

    def _text(self, request: Answer) -> Answer:
        from desktop.readers.pdf import page_lines  # late: a page can be seen before its characters are wanted

        lines, boxes = page_lines(self._page(request["page"]))
        text = "".join(line.text for line in lines)
        if len(text) != len(boxes):  # half a surrogate pair and the like: better no selection than a shifted one
            raise RequestError("page")
        flat = array("f", (number for box in boxes for number in box))
        return {
            "text": text,
            "lines": [line.first for line in lines],
            "boxes": base64.b64encode(flat.tobytes()).decode("ascii"),
        }

    def _links(self, request: Answer) -> Answer:
        page = self._page(request["page"])
        return {"links": [_link(link) for link in page.get_links() if link.get("page", 0) >= 0 or link.get("uri")]}

    def _close(self, _request: Answer) -> Answer:
        if self._document is not None:
            self._document.close()
            self._document = None
            pymupdf.TOOLS.store_shrink(100)
        return {}


def _link(link: dict[str, Any]) -> list[Any]:
    box = link["from"]
    target = link.get("to")
    height = float(target.y) if isinstance(target, pymupdf.Point) else 0.0
    page = link["page"] + 1 if isinstance(link.get("page"), int) and link["page"] >= 0 else 0
    return [box.x0, box.y0, box.x1, box.y1, page, height, str(link.get("uri") or "")]


def _own_stdout() -> BinaryIO:
    """The protocol's channel; from now on whatever prints goes to stderr (MuPDF prints hints to stdout)."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return channel


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _ADDRESS_SPACE if hard == resource.RLIM_INFINITY else min(_ADDRESS_SPACE, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _limit_job(seconds: int) -> None:
    """Have the system end this process after so long; 0 takes it back. Works while MuPDF holds the global lock."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _serve(worker: Worker, requests: BinaryIO, answers: BinaryIO) -> None:
    for line in requests:
        request = json.loads(line)
        _limit_job(_SELF_LIMIT)
        answer = worker.answer(request)
        _limit_job(0)
        answers.write(json.dumps({"id": request["id"], **answer}).encode("ascii") + b"\n")
        answers.flush()


def main(arena_path: Path) -> None:
    """Serve until the input ends."""
    gc.freeze()  # PyMuPDF's classes stay: nothing in them is ever to be collected
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window to handle
    answers = _own_stdout()
    _bound_memory()
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    with arena_path.open("r+b") as file:
        arena = mmap.mmap(file.fileno(), 0)
    with suppress(BrokenPipeError):  # the window is gone; nobody is left to answer
        _serve(Worker(arena), sys.stdin.buffer, answers)
    with suppress(OSError):  # normally the window has removed it; after a crash of the window it is left to this
        arena_path.unlink()
        arena_path.parent.rmdir()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
