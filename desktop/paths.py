"""Where things live: the library folder, the settings file and the program's own resources."""

from __future__ import annotations

import os
import sys
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SAMPLES = RESOURCES / "samples"


def _user_folder(windows: str, mac: str, variable: str, unix: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or Path.home()) / "yaocan"
    if sys.platform == "darwin":
        return Path.home() / "Library" / mac / "yaocan"
    return Path(os.environ.get(variable) or Path.home() / unix) / "yaocan"


def library_folder(named: str | None = None) -> Path:
    """The library: the folder named by the reader, else $YAOCAN_LIBRARY, else the platform's user data folder."""
    chosen = named or os.environ.get("YAOCAN_LIBRARY")
    if chosen:
        return Path(chosen).expanduser()
    return _user_folder("LOCALAPPDATA", "Application Support", "XDG_DATA_HOME", ".local/share") / "library"


def settings_file() -> Path:
    """The settings: $YAOCAN_SETTINGS, else a file in the platform's user configuration folder."""
    chosen = os.environ.get("YAOCAN_SETTINGS")
    if chosen:
        return Path(chosen).expanduser()
    return _user_folder("APPDATA", "Preferences", "XDG_CONFIG_HOME", ".config") / "settings.json"


def kinds_folder() -> Path:
    """Where a unit puts its own kinds of memo: beside the settings."""
    return settings_file().parent / "摘编模板"
