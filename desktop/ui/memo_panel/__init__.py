"""摘编: the basket of excerpts for a memo."""

from desktop.ui.memo_panel.panel import MemoPanel

__all__ = ["MemoPanel"]
