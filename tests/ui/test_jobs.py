"""Work off the window's thread: what is held back begins when it is released, in its order, and not at all after the end."""

import pytest

from desktop.ui.jobs import Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs(lambda: None)
    yield made
    made.close()


def test_work_that_is_held_waits_for_its_release_and_keeps_its_order(qtbot, jobs):
    came = []
    jobs.hold("background")
    for number in range(3):
        jobs.run("background", lambda number=number: number, came.append)
    jobs.run("quick", lambda: "other pool", came.append)
    qtbot.waitUntil(lambda: came == ["other pool"])
    jobs.release("background")
    qtbot.waitUntil(lambda: came == ["other pool", 0, 1, 2])


def test_after_a_release_work_begins_at_once(qtbot, jobs):
    came = []
    jobs.hold("suggestions")
    jobs.release("suggestions")
    jobs.run("suggestions", lambda: "done", came.append)
    qtbot.waitUntil(lambda: came == ["done"])


def test_work_that_was_still_held_at_the_end_is_never_begun(qtbot, jobs):
    begun = []
    jobs.hold("suggestions")
    jobs.run("suggestions", lambda: begun.append("held"), begun.append)
    jobs.close()
    jobs.release("suggestions")
    qtbot.wait(50)
    assert begun == []


def test_nothing_is_begun_after_the_end(qtbot, jobs):
    begun = []
    jobs.close()
    jobs.run("quick", lambda: begun.append("late"), begun.append)
    qtbot.wait(50)
    assert begun == []
