"""期刊库: the documents of the library."""

from desktop.ui.library_panel.panel import LibraryPanel

__all__ = ["LibraryPanel"]
