"""Protected PDFs for the tests: a sample issue under a password."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from desktop.paths import SAMPLES

PASSWORD = "春风 又绿 2025"


def locked(target: Path, sample: str = "issue-901.pdf", password: str = PASSWORD) -> Path:
    """A copy of a sample that opens with the password only."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with pymupdf.open(SAMPLES / sample) as document:
        document.save(target, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw=f"{password}#")
    return target
