"""标注为…: any field, subfield, theme, entry of the second axis or local tag by a few characters."""

from desktop.ui.palette.palette import FieldPalette

__all__ = ["FieldPalette"]
