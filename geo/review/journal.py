"""Tell a folder on this machine from one on a network share.

SQLite's write-ahead log needs memory that all its users share, which exists on one machine only
(https://sqlite.org/wal.html, "Overview", disadvantage 3). On a share the rollback journal is used instead.
"""

import ctypes
import os
from pathlib import Path
from typing import Final, Literal

JournalMode = Literal["wal", "delete"]

_NETWORK_FILE_SYSTEMS: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "fuse.sshfs",
        "fuse.glusterfs",
        "davfs",
        "fuse.davfs",
    },
)
_DRIVE_REMOTE: Final = 4  # GetDriveTypeW, Windows SDK fileapi.h


def journal_mode(folder: Path) -> JournalMode:
    """Choose the journal a database in this folder can bear: "wal" on this machine, "delete" on a share."""
    shared = _windows_share(folder) if os.name == "nt" else _mounted_share(folder)
    return "delete" if shared else "wal"


def is_unc(path: str) -> bool:
    r"""Tell whether a Windows path names a server, as ``\\server\share\folder`` does.

    Examples
    --------
    >>> is_unc(r"\\server\housing"), is_unc("//server/housing"), is_unc(r"C:\Users")
    (True, True, False)
    """
    return path.replace("/", "\\").startswith("\\\\") and not path.startswith(("\\\\?\\", "\\\\.\\"))


def mount_type(folder: Path, mounts: str) -> str:
    r"""Find the type of the file system a folder stands on, from the text of `/proc/mounts`.

    Examples
    --------
    >>> mount_type(Path("/home/team/maps"), "/dev/a / ext4 rw 0 0\nsrv:/t /home/team nfs4 rw 0 0\n")
    'nfs4'
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        _, point, found, *_ = line.split(" ")
        where = point.replace("\\040", " ")
        if len(where) >= len(best) and folder.is_relative_to(where):
            best, kind = where, found
    return kind


def _mounted_share(folder: Path) -> bool:
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # macOS keeps no such list: SQLite's own answer to journal_mode decides
    return mount_type(folder.resolve(), mounts) in _NETWORK_FILE_SYSTEMS


def _windows_share(folder: Path) -> bool:
    whole = str(folder.absolute())
    if is_unc(whole):
        return True
    windows = getattr(ctypes, "windll", None)
    root = folder.absolute().anchor
    return windows is not None and bool(windows.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE)
