"""摘编预览: the memo as the pages it will be."""

from desktop.ui.memo_preview.preview import MemoPreview

__all__ = ["MemoPreview"]
