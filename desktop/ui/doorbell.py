"""A second start on the same library brings the window that is open to the front instead of opening another.

The two talk through a local socket of this user's (no network): its name is made of the library's path. Where it cannot be had,
the second window simply opens; the database lets both work.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_WAIT: Final = 500  # ms
_LONGEST: Final = 1 << 20


def _name(folder: Path) -> str:
    """The socket's name; but for Windows its path, where Qt would put it too."""
    name = "yaocan-" + blake2b(str(folder.resolve()).encode(), digest_size=12).hexdigest()
    return name if sys.platform == "win32" else str(Path(QDir.tempPath(), name))


def ring(folder: Path, files: Sequence[Path]) -> bool:
    """Ask a window that has the library in `folder` open to come to the front with these files; whether there was one."""
    if sys.platform != "win32" and not os.path.lexists(_name(folder)):
        return False  # known without Qt's networking, which a start without a second window need not wait for
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_WAIT):
        return False
    socket.write(json.dumps([str(file.absolute()) for file in files]).encode() + b"\n")
    answered = socket.waitForReadyRead(4 * _WAIT)
    socket.disconnectFromServer()
    return bool(answered)


class Doorbell(QObject):
    """Listens for later starts on one library."""

    rung = Signal(list)  # list[Path]: files to be opened

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer  # late, as above

        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = _name(folder)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left behind by a program that was killed: nobody answered to it
            self._server.listen(name)

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(lambda: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        try:
            files = [Path(str(path)) for path in json.loads(bytes(socket.readLine().data()))]
        except (ValueError, TypeError):
            socket.abort()
            return
        socket.write(b"here\n")
        socket.flush()
        self.rung.emit(files)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
