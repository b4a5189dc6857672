"""Which file systems a store may lie on: local ones, where locks and syncs mean what they say."""

from __future__ import annotations

from engine.errors import StoreOnNetwork
from engine.files.system_calls import SystemCalls

_KINDS = {
    0x6969: "nfs",
    0x517B: "smb",
    0xFF534D42: "cifs",
    0xFE534D42: "smb2",
    0x01021997: "9p",
    0x00C36400: "ceph",
    0x5346414F: "afs",
    0x6B414653: "afs",
    0x73757245: "coda",
    0x0BD00BD0: "lustre",
    0x01161970: "gfs2",
    0x7461636F: "ocfs2",
    0x65735546: "fuse",
}
"""`f_type` of statfs(2) and linux/magic.h. FUSE may be anything, sshfs for one: not trusted."""


def refuse_network(calls: SystemCalls, path: str) -> None:
    """Raises `StoreOnNetwork` when `path` is not on a local file system; `OSError`."""
    kind = _KINDS.get(calls.file_system_type(path))
    if kind is not None:
        raise StoreOnNetwork(path=path, kind=kind)
