"""分拣: one untagged item after another, one key for each decision."""

from desktop.ui.triage.bar import TriageBar

__all__ = ["TriageBar"]
