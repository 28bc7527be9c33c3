"""The overview as a picture, a vector file or a table; which one is said by the file's suffix."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from desktop.archive.overview import Overview, as_csv
from desktop.errors import KnownError
from desktop.ui.overview.table import HeatMap
from desktop.ui.theme import LIGHT

_SCALE = 2  # device pixels: sharp on paper and on screens with a scale
_WIDTH = 960


def write(file: Path, overview: Overview, table: HeatMap) -> None:
    """Write .png, .svg or .csv, always in light colours. Raises `KnownError` for another suffix or where it cannot be written."""
    suffix = file.suffix.lower()
    if suffix == ".csv":
        _write_csv(file, overview)
    elif suffix == ".svg":
        _write_svg(file, table)
    elif suffix == ".png":
        _write_png(file, table)
    else:
        raise KnownError("请把文件名写成 .png、.svg 或 .csv 结尾。")


def _write_csv(file: Path, overview: Overview) -> None:
    try:
        file.write_text(as_csv(overview), encoding="utf-8-sig", newline="")  # with a mark, so that spreadsheets see UTF-8
    except OSError as error:
        raise KnownError(f"不能写入“{file}”（{error.strerror}），请另选位置。") from error


def _write_png(file: Path, table: HeatMap) -> None:
    frame = table.frame_for(_WIDTH)
    if frame is None:
        return
    image = QImage(frame.size().toSize() * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    painter = QPainter(image)
    painter.setFont(table.font())
    table.paint_on(painter, frame, LIGHT)
    painter.end()
    if not image.save(str(file)):
        raise KnownError(f"不能写入“{file}”，请另选位置。")


def _write_svg(file: Path, table: HeatMap) -> None:
    from PySide6.QtSvg import QSvgGenerator  # only here, so that the window starts without it

    frame = table.frame_for(_WIDTH)
    if frame is None:
        return
    size: QSize = frame.size().toSize()
    picture = QSvgGenerator()
    picture.setFileName(str(file))
    picture.setSize(size)
    picture.setViewBox(QRectF(0, 0, size.width(), size.height()))
    picture.setTitle("领域总览")
    painter = QPainter()
    if not painter.begin(picture):
        raise KnownError(f"不能写入“{file}”，请另选位置。")
    painter.setFont(table.font())
    table.paint_on(painter, frame, LIGHT)
    painter.end()
