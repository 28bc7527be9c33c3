"""本期要点: the sections, items and points of the document that is shown."""

from desktop.ui.section_tree.tree import SectionTree

__all__ = ["SectionTree"]
