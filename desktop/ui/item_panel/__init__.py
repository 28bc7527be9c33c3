"""本条: what the reader is looking at now, its fields, and the fields that its words suggest."""

from desktop.ui.item_panel.panel import ItemPanel

__all__ = ["ItemPanel"]
