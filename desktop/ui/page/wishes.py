"""What the view asks of the renderer for one place of the scroll bar: visible first, then what the reader comes to next."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect

from desktop.rendering.client import Job, JobKind
from desktop.rendering.protocol import BYTES_A_PIXEL, MAX_PIXELS, PREVIEW_DPI, WHOLE_PAGE_DPI, ImageKey, preview_key, scaled_key
from desktop.ui.page.layout import Layout

_SLACK = 0.96  # images lie in the arena with a little room between them
_GRID = 128  # pixels: the parts asked for differ little from each other and so are found again


def whole_key(layout: Layout, page: int) -> ImageKey:
    """The image of the whole page at the present zoom."""
    box = layout.box(page)
    return ImageKey(page, box.width(), box.height(), layout.rotation)


def is_drawn_whole(layout: Layout, key: ImageKey) -> bool:
    """Whether the page is small enough to be drawn in one piece."""
    return layout.scale * 72 <= WHOLE_PAGE_DPI and key.pixels <= MAX_PIXELS


def part_key(layout: Layout, page: int, view: QRect, at_hand: Iterable[ImageKey]) -> ImageKey | None:
    """The part of a large page to draw for this view: one at hand as long as it reaches far enough, else a new one."""
    whole = whole_key(layout, page)
    page_area = QRect(0, 0, whole.width, whole.height)
    seen = view.intersected(layout.box(page)).translated(-layout.box(page).topLeft())
    needed = _grown(seen, view.height() // 4) & page_area
    for key in at_hand:
        if QRect(key.area[0], key.area[1], key.area[2] - key.area[0], key.area[3] - key.area[1]).contains(needed):
            return key
    for part in (_grown(seen, view.height() // 2), seen):
        area = _on_grid(part) & page_area
        if 0 < area.width() * area.height() <= MAX_PIXELS:
            x, y = area.x(), area.y()
            return ImageKey(page, whole.width, whole.height, whole.rotation, (x, y, x + area.width(), y + area.height()))
    return None


def _grown(area: QRect, by: int) -> QRect:
    return area.adjusted(-by, -by, by, by)


def _on_grid(area: QRect) -> QRect:
    left, top = area.x() // _GRID * _GRID, area.y() // _GRID * _GRID
    right, bottom = -(-(area.x() + area.width()) // _GRID) * _GRID, -(-(area.y() + area.height()) // _GRID) * _GRID
    return QRect(left, top, right - left, bottom - top)


def wish_list(layout: Layout, view: QRect, forward: bool, sharp: dict[int, ImageKey], texts: Iterable[int] = ()) -> list[Job]:
    """The jobs for what `view` (sheet pixels) shows, most urgent first.

    `sharp` gives the image wanted for each visible page; `texts` are further pages whose characters a selection needs.
    """
    visible = sorted(layout.between(view.top(), view.bottom()), key=lambda page: _off_centre(layout.box(page), view))
    if not visible:
        return []
    last, step = (max(visible), 1) if forward else (min(visible), -1)
    ahead, behind = last + step, (min(visible) if forward else max(visible)) - step
    jobs = [preview(layout, page) for page in visible]
    jobs += [Job(JobKind.TEXT, page) for page in visible]
    jobs += [Job(JobKind.IMAGE, page, sharp[page]) for page in visible if page in sharp]
    jobs += [Job(JobKind.LINKS, page) for page in visible]
    jobs += [Job(JobKind.TEXT, page) for page in texts]
    for page in (ahead, behind):
        if 1 <= page <= layout.count:
            jobs += _neighbour(layout, page)
    jobs += [preview(layout, page) for page in (ahead + step, ahead + 2 * step) if 1 <= page <= layout.count]
    return jobs


def _neighbour(layout: Layout, page: int) -> list[Job]:
    key = whole_key(layout, page)
    image = [Job(JobKind.IMAGE, page, key)] if is_drawn_whole(layout, key) else []
    return [preview(layout, page), Job(JobKind.TEXT, page), *image]


def preview(layout: Layout, page: int) -> Job:
    """The job of the page's small image."""
    return Job(JobKind.PREVIEW, page, preview_key(page, layout.sizes[page - 1], layout.rotation))


def stand_ins(layout: Layout, around: int, room: int) -> list[Job]:
    """A small image of every page, the nearest to page `around` first: all together in `room` bytes, so less sharp the more there are."""
    areas = (across * down * BYTES_A_PIXEL for across, down in layout.sizes)
    scale = min(PREVIEW_DPI / 72, (room / max(sum(areas), 1)) ** 0.5 * _SLACK)
    pages = sorted(range(1, layout.count + 1), key=lambda page: abs(page - around))
    return [Job(JobKind.PREVIEW, page, scaled_key(page, layout.sizes[page - 1], layout.rotation, scale)) for page in pages]


def _off_centre(box: QRect, view: QRect) -> int:
    return abs(box.center().y() - view.center().y())
