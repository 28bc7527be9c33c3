"""The form of backups and of packages: one zip file with a manifest that lists every part with its size and SHA-256.

Parts may have only the names that their form knows, so unpacking can write nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import struct
import zipfile
import zlib
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from db.database import FILE_NAME
from desktop.archive.telling import cause
from desktop.errors import UnreadableFile

MANIFEST: Final = "manifest.json"
_BLOCK: Final = 1 << 20
_MANIFEST_LIMIT: Final = 64 << 20
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_NO_ZIP: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, TypeError, ValueError, RuntimeError)
"""What the standard library raises for a file that is no sound zip, or a manifest that is none."""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of zip file: what its manifest calls it, how the reader is told of it, and the names that its parts may have."""

    format: str
    called: str
    main: str  # the part that must be there
    names: re.Pattern[str]
    version: int = 1


_FILE: Final = r"files/[0-9a-f]{64}\.[a-z0-9]{1,8}"
BACKUP: Final = Form(
    "yaocan-backup", "备份文件", FILE_NAME, re.compile(rf"library\.db|files\.db|exports\.log|prints\.log|{_FILE}")
)
EXCHANGE: Final = Form("yaocan-exchange", "标注包", "marks.json", re.compile(rf"marks\.json|{_FILE}"))


@dataclass(frozen=True, slots=True)
class Part:
    """One file of such a zip: its name in it, its size in bytes and the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


def pack(target: Path, files: dict[str, Path | bytes], made_at: str, form: Form = BACKUP) -> tuple[Part, ...]:
    """Write files, or bytes, by their names in it into the zip `target`. Raises OSError."""
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        parts = tuple(_write(archive, name, path) for name, path in files.items())
        manifest = {
            "format": form.format,
            "version": form.version,
            "made_at": made_at,
            "parts": [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in parts],
        }
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return parts


def read_manifest(file: Path, form: Form = BACKUP) -> tuple[Part, ...]:
    """What a zip of that form says it holds. Raises `UnreadableFile` for what is none of ours or names what its form does not know."""
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(MANIFEST).file_size > _MANIFEST_LIMIT:
                raise _not_ours(file, form)
            manifest = json.loads(archive.read(MANIFEST))
            parts = _parts(manifest, form)
            inside = {entry.filename: entry.compress_type for entry in archive.infolist() if entry.filename != MANIFEST}
    except _NO_ZIP as error:
        raise _not_ours(file, form) from error
    except OSError as error:
        raise UnreadableFile(f"{form.called}“{file}”不能读取（{cause(error)}），请检查路径和介质。") from error
    if manifest["version"] > form.version:
        raise UnreadableFile(f"{form.called}“{file.name}”由更新版本的程序写出，请升级程序后再打开。")
    names = [part.name for part in parts]
    as_listed = len(set(names)) == len(names) and set(inside) == set(names)
    if (
        form.main not in names
        or not as_listed
        or not all(map(form.names.fullmatch, names))
        or not _METHODS.issuperset(inside.values())
    ):
        raise _not_ours(file, form)
    return parts


def unpack(file: Path, parts: tuple[Part, ...], folder: Path | None, form: Form = BACKUP) -> None:
    """Write the parts into `folder`, or only read them back when it is None.

    Raises `UnreadableFile` when one is not, byte for byte, what the manifest says.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            for part in parts:
                with archive.open(part.name) as source:
                    _read_part(source, part, folder / part.name if folder else None)
    except _NO_ZIP as error:
        raise _damaged(file, form) from error


def read_part(file: Path, part: Part, form: Form) -> bytes:
    """The bytes of one part. Raises `UnreadableFile` when they are not what the manifest says."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(part.name) as source:
            content = source.read(part.size + 1)
    except _NO_ZIP as error:
        raise _damaged(file, form) from error
    if len(content) != part.size or hashlib.sha256(content).hexdigest() != part.sha256:
        raise _damaged(file, form)
    return content


def _write(archive: zipfile.ZipFile, name: str, path: Path | bytes) -> Part:
    """One file into the zip; PDFs are stored as they are, since they hold compressed data already, and so are encrypted files."""
    if isinstance(path, bytes):
        archive.writestr(name, path)
        return Part(name, len(path), hashlib.sha256(path).hexdigest())
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_STORED if name.endswith((".pdf", "files.db")) else zipfile.ZIP_DEFLATED
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(info, "w") as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
    return Part(name, archive.getinfo(name).file_size, digest.hexdigest())


def _parts(manifest: dict[str, Any], form: Form) -> tuple[Part, ...]:
    if manifest["format"] != form.format or not isinstance(manifest["version"], int):
        raise ValueError(manifest["format"])
    return tuple(Part(str(part["name"]), int(part["size"]), str(part["sha256"])) for part in manifest["parts"])


def _read_part(source: IO[bytes], part: Part, target: Path | None) -> None:
    """Copy one part, never more than the manifest announces, however much the zip would deliver."""
    digest, left = hashlib.sha256(), part.size
    with _sink(target) as writing:
        while block := source.read(min(_BLOCK, left + 1)):
            left -= len(block)  # -1 when there is more than announced: then nothing further is read
            digest.update(block)
            if writing:
                writing.write(block)
    if left or digest.hexdigest() != part.sha256:
        raise zipfile.BadZipFile(part.name)


def _sink(target: Path | None) -> AbstractContextManager[IO[bytes] | None]:
    if target is None:
        return nullcontext()
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.open("xb")


def room_for(parts: tuple[Part, ...], folder: Path) -> bool:
    """Whether the disk of `folder` holds the parts once more."""
    return sum(part.size for part in parts) < shutil.disk_usage(folder).free


def _not_ours(file: Path, form: Form) -> UnreadableFile:
    return UnreadableFile(f"“{file.name}”不是本程序的{form.called}，没有作任何改动；请另选文件。")


def _damaged(file: Path, form: Form) -> UnreadableFile:
    return UnreadableFile(f"{form.called}“{file.name}”已损坏，没有作任何改动；请改用另一份。")
