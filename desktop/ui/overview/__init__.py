"""领域总览: what the library says about each field, and what still waits for a field."""

from desktop.ui.overview.table import HeatMap
from desktop.ui.overview.waiting import WaitingWindow
from desktop.ui.overview.window import OverviewWindow

__all__ = ["HeatMap", "OverviewWindow", "WaitingWindow"]
