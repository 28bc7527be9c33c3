"""全库检索: the search over the whole library."""

from desktop.ui.search_panel.panel import SearchPanel

__all__ = ["SearchPanel"]
