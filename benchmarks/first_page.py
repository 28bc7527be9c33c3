"""How soon the first page stands on the screen, from the start of the process, beside the readers that Debian has.

`python -m benchmarks.first_page` starts each program on the same file under an Xvfb of its own and looks into the screen's memory
for a colour that only the page has. The programs take turns, so that the mood of the machine meets all alike. Ours is timed
twice: on a file that the library does not know and on one it knows.
"""

from __future__ import annotations

import argparse
import mmap
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_SCREEN = (1366, 768)
_COLOUR = b"\xff\x00\xff"  # blue, green, red: what `_pages first` paints
_ENOUGH = 4000  # pixels of it
_LIMIT = 40.0  # seconds
RIVALS = {"zathura": ["zathura"], "evince": ["evince"], "mupdf": ["mupdf"], "okular": ["okular"]}


class Screen:
    """An X display whose pixels can be read without asking the server."""

    def __init__(self, folder: Path, number: int) -> None:
        self.display = f":{number}"
        size = f"{_SCREEN[0]}x{_SCREEN[1]}x24"
        command = ["Xvfb", self.display, "-screen", "0", size, "-fbdir", str(folder)]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        file = folder / "Xvfb_screen0"
        while not (file.exists() and file.stat().st_size > _SCREEN[0] * _SCREEN[1] * 4):
            if self._server.poll() is not None:
                raise SystemExit(f"first_page: the display {self.display} cannot be had; choose another with --display.")
            time.sleep(0.02)
        self._file = file.open("rb")
        self._pixels = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)

    def shows_page(self) -> bool:
        """Whether the colour covers a good part of any of some rows."""
        row = _SCREEN[0] * 4
        start = len(self._pixels) - row * _SCREEN[1]
        found = sum(self._pixels[start + row * y : start + row * (y + 1)].count(_COLOUR) for y in range(0, _SCREEN[1], 8))
        return found * 8 > _ENOUGH

    def close(self) -> None:
        """End the display."""
        self._pixels.close()
        self._file.close()
        self._server.terminate()
        self._server.wait()


def first_page(command: list[str], screen: Screen, environment: dict[str, str]) -> float:
    """Milliseconds from the start of the command until the page is on the screen; infinity when it does not come."""
    while screen.shows_page():
        time.sleep(0.05)
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env={**environment, "DISPLAY": screen.display}, start_new_session=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while not screen.shows_page():
        if time.perf_counter() - started > _LIMIT or process.poll() is not None:
            break
        time.sleep(0.002)
    taken = (time.perf_counter() - started) * 1000 if screen.shows_page() else float("inf")
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    return taken


def main() -> None:
    """Take turns and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--display", type=int, default=79)
    chosen = parser.parse_args()
    if not shutil.which("Xvfb"):
        print("first_page: Xvfb is not installed; nothing measured.")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "first.pdf"
        subprocess.run([sys.executable, "-m", "benchmarks._pages", "first", str(file), str(chosen.pages)], check=True)
        environment = {key: value for key, value in os.environ.items() if key not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its modules compiled
        environment |= {
            "HOME": name,
            "XDG_RUNTIME_DIR": name,
            "YAOCAN_SETTINGS": str(folder / "settings.json"),
            "NO_AT_BRIDGE": "1",
        }
        screen = Screen(folder, chosen.display)
        ours = [sys.executable, "main.py", "--library"]
        known = [*ours, str(folder / "known"), str(file)]
        subprocess.run(
            [sys.executable, "main.py", "import", "--library", known[-2], known[-1]],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        first_page(known, screen, environment)  # compiles the modules, where nobody has yet
        took: dict[str, list[float]] = {}
        for turn in range(chosen.rounds):
            for title, command in RIVALS.items():
                if shutil.which(command[0]):
                    took.setdefault(title, []).append(first_page([*command, str(file)], screen, environment))
            fresh = [*ours, str(folder / f"library-{turn}"), str(file)]
            took.setdefault("yaocan, file not in the library", []).append(first_page(fresh, screen, environment))
            took.setdefault("yaocan, file in the library", []).append(first_page(known, screen, environment))
        screen.close()
    best = (
        min(statistics.median(values) for title, values in took.items() if not title.startswith("yaocan")) if len(took) > 2 else 0
    )
    print(f"\nfirst page of a {chosen.pages}-page PDF, ms from the start of the process; {chosen.rounds} turns")
    for title, values in sorted(took.items(), key=lambda entry: statistics.median(entry[1])):
        ratio = f"{statistics.median(values) / best:5.2f} × the quickest other" if best else ""
        print(f"  {title:34} median {statistics.median(values):7.0f}   {min(values):7.0f} … {max(values):7.0f}   {ratio}")


if __name__ == "__main__":
    main()
