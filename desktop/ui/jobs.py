"""Long work off the window's thread: a function runs in a pool, its result or error comes back to the window's thread.

Three pools with reasons: `background` has one thread, because imports and backups must not run beside each other; `quick`
has two for searches, where a superseded result is simply dropped (`Latest`); `suggestions` has two of its own, because the
first one makes the vocabulary's words ready, which takes the processor for a while: the start of the program holds it back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desktop.errors import KnownError


class _Bridge(QObject):
    """Carries a result over to the thread it was made in: the signal is emitted on the pool's thread, the slot runs on ours."""

    finished = Signal(object, object)  # result, error

    def __init__(self, deliver: Callable[[_Bridge, Any, Exception | None], None]) -> None:
        super().__init__()
        self._deliver = deliver
        self.finished.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _arrive(self, result: Any, error: Exception | None) -> None:
        self._deliver(self, result, error)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], bridge: _Bridge, leave: Callable[[], None]) -> None:
        super().__init__()
        self._work = work
        self._bridge = bridge
        self._leave = leave

    def run(self) -> None:
        try:
            result, error = self._work(), None
        except Exception as raised:  # noqa: BLE001 - handed to the window's thread, where it is shown or re-raised
            result, error = None, raised
        self._leave()
        self._bridge.finished.emit(result, error)


class Jobs(QObject):
    """Runs work off the window's thread. `close` waits for what is running.

    `leave` is called on the pool's thread after each piece of work (it closes the thread's database connection).
    """

    def __init__(self, leave: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave = leave
        self._pools = {"background": self._pool(1), "quick": self._pool(2), "suggestions": self._pool(2)}
        self._held: dict[str, list[_Job]] = {}
        self._bridges: set[_Bridge] = set()
        self._is_closed = False

    def _pool(self, threads: int) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(threads)
        return pool

    def run(
        self, pool: str, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[KnownError], None] | None = None
    ) -> None:
        """Run `work` in a pool; `done` gets its result on this thread. Known errors go to `failed`; others are raised here.

        After `close` nothing is begun any more: a timer that fires late would use a library that is closed.
        """
        if self._is_closed:
            return

        def finish(bridge: _Bridge, result: Any, error: Exception | None) -> None:
            if bridge not in self._bridges:
                return  # closed in the meantime
            self._bridges.discard(bridge)
            if error is None:
                done(result)
            elif isinstance(error, KnownError):
                if failed:
                    failed(error)
            else:
                raise error

        bridge = _Bridge(finish)
        self._bridges.add(bridge)
        job = _Job(work, bridge, self._leave)
        if pool in self._held:
            self._held[pool].append(job)
        else:
            self._pools[pool].start(job)

    def hold(self, pool: str) -> None:
        """Keep what this pool is given from now on until `release`."""
        self._held.setdefault(pool, [])

    def release(self, pool: str) -> None:
        """Begin what was kept for this pool, in its order; without effect where nothing is held."""
        for job in self._held.pop(pool, []):
            self._pools[pool].start(job)

    @Slot()
    def close(self) -> None:
        """Wait until all work has come to an end; results still under way are dropped, and no work is begun any more."""
        self._is_closed = True
        kept = set(self._bridges)  # they must outlive the work and go on this thread
        self._bridges.clear()
        self._held.clear()
        for pool in self._pools.values():
            pool.waitForDone()
        kept.clear()


class Latest:
    """Hands out a ticket for each request; only the latest ticket counts."""

    def __init__(self) -> None:
        self._ticket = 0

    def take(self) -> int:
        """A new ticket; all earlier ones are void."""
        self._ticket += 1
        return self._ticket

    def holds(self, ticket: int) -> bool:
        """Whether no later ticket was taken."""
        return ticket == self._ticket
