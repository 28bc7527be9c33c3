"""Work that is asked for all the time is done now and then, and always once more after the last time."""

from PySide6.QtCore import QObject

from desktop.ui.calm import Calm


def test_the_first_request_is_served_at_once_and_the_last_one_never_lost(qtbot):
    done, asked = [], []
    parent = QObject()
    calm = Calm(lambda: done.append(len(asked)), parent)
    for number in range(100):
        asked.append(number)
        calm.ask()
    assert done[0] == 1
    assert len(done) < 20
    qtbot.waitUntil(lambda: done[-1] == 100)
