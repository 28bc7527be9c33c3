"""What the window and its render process agree on: the key of an image, the geometry behind it, and the limits of both.

Every message is one line of ASCII JSON. Requests carry "id" and "do"; the answer repeats "id" and has either its results or
"error", one of the codes of `desktop.rendering.sentences`. Requests and answers:

    open    path, password            → sizes: [[width, height] | null for a page that cannot be read, …]
    render  key…, offset, length      → width, height, stride (bytes a row); RGB, 3 bytes a pixel, written to the arena
    text    page                      → text, lines (first character of each), boxes (base64 of float32, 4 a character)
    links   page                      → links: [[x0, y0, x1, y1, page | 0, y, uri], …]
    close   –                         → nothing else

Page numbers count from 1. Points are 1/72 inch in the page as displayed without the reader's own rotation, origin top left,
y downwards (as in `desktop.bulletin.pages`). Neither Qt nor PyMuPDF is imported here: both sides read this module.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_PIXELS = 16_000_000  # of one image; more is refused: a worker that draws for seconds helps nobody
BYTES_A_PIXEL = 3
WORKER_WORD = "--render-worker"  # how main.py is asked to be a render process where there is no interpreter to name a module to
WHOLE_PAGE_DPI = 192  # above this only the part in view is drawn: a page at 400 dpi would be 45 MB
PREVIEW_DPI = 36  # about 1 ms to draw, and enough to see where one is

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class ImageKey:
    """All that an image depends on: `width` and `height` of the whole page in pixels as turned by `rotation` (0, 90, 180, 270).

    `clip` is the part of those pixels that is drawn (x0, y0, x1, y1), or None for all of them.
    """

    page: int
    width: int
    height: int
    rotation: int = 0
    clip: tuple[int, int, int, int] | None = None

    @property
    def area(self) -> tuple[int, int, int, int]:
        """The drawn part in pixels of the turned page."""
        return self.clip or (0, 0, self.width, self.height)

    @property
    def pixels(self) -> int:
        """How many pixels are drawn."""
        x0, y0, x1, y1 = self.area
        return (x1 - x0) * (y1 - y0)

    @property
    def room(self) -> int:
        """Bytes that the image needs in the arena; one row and column more, for rounding."""
        x0, y0, x1, y1 = self.area
        return (x1 - x0 + 1) * (y1 - y0 + 1) * BYTES_A_PIXEL


def turned(size: tuple[float, float], rotation: int) -> tuple[float, float]:
    """Width and height after the turn."""
    return (size[1], size[0]) if rotation % 180 else size


def page_matrix(size: tuple[float, float], width: float, height: float, rotation: int) -> Matrix:
    """The matrix (a b c d e f) that takes points of a page of `size` to pixels of the turned page, `width` by `height`.

    x' = ax + cy + e, y' = bx + dy + f, the order of both MuPDF and Qt. Turns are clockwise.
    """
    w, h = size
    a, b, c, d, e, f = {
        0: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
        90: (0.0, 1.0, -1.0, 0.0, h, 0.0),
        180: (-1.0, 0.0, 0.0, -1.0, w, h),
        270: (0.0, -1.0, 1.0, 0.0, 0.0, w),
    }[rotation]
    across, down = turned(size, rotation)
    sx, sy = width / across, height / down
    return a * sx, b * sy, c * sx, d * sy, e * sx, f * sy


def preview_key(page: int, size: tuple[float, float], rotation: int) -> ImageKey:
    """The small image that stands in until the sharp one comes."""
    return scaled_key(page, size, rotation, PREVIEW_DPI / 72)


def scaled_key(page: int, size: tuple[float, float], rotation: int, scale: float) -> ImageKey:
    """The whole page at `scale` pixels a point, made smaller where it would pass the limit of pixels."""
    across, down = turned(size, rotation)
    scale = min(scale, (MAX_PIXELS / (across * down)) ** 0.5)
    return ImageKey(page, max(int(across * scale), 1), max(int(down * scale), 1), rotation)
