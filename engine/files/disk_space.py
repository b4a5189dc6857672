"""Whether there is room for more systems and orders, and whether the store is its owner's alone."""

from __future__ import annotations

from collections.abc import Iterator
from stat import S_IMODE

from engine.files.system_calls import SystemCalls, reading
from engine.findings import Finding, FindingCode

FEWEST_FILES = 20_000
LEAST_BYTES = 200 << 20


def findings(calls: SystemCalls, root: str) -> Iterator[Finding]:
    """What is wrong with the file system at `root`, and with the mode of the folder."""
    with reading(root):
        left, status = calls.statvfs(root), calls.status(root, follow=True)
    if left.f_files and left.f_favail < FEWEST_FILES:  # btrfs counts no files
        yield Finding(root, FindingCode.FEW_FILES, {"files": str(left.f_favail)})
    free = left.f_bavail * left.f_frsize
    if free < LEAST_BYTES:
        yield Finding(root, FindingCode.LITTLE_ROOM, {"megabytes": str(free >> 20)})
    mode = S_IMODE(status.st_mode)
    if mode & 0o077:
        yield Finding(root, FindingCode.STORE_OPEN, {"mode": f"{mode:04o}"})
