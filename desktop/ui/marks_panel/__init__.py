"""标注: the marks of the document that is shown."""

from desktop.ui.marks_panel.panel import MarksPanel

__all__ = ["MarksPanel"]
