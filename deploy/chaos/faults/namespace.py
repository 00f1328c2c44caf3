"""A mount namespace of the suite's own: small file systems in memory that end with the suite."""

import contextlib
import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000
MS_REMOUNT = 32
MS_REC = 16384
MS_PRIVATE = 1 << 18


class NoMounts(Exception):
    """The machine does not let us mount anything."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def enter_own_mounts() -> str | None:
    """Move our process, which has one thread still, into a mount namespace of its own; None when that went well.

    Otherwise why not. An ordinary user needs a user namespace too, in which it stays the same user.
    """
    if sys.platform != "linux":
        return "mount namespaces are Linux's"
    uid, gid = os.geteuid(), os.getegid()
    try:
        _call("unshare", CLONE_NEWNS | (CLONE_NEWUSER if uid else 0))
        if uid:
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        _call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    except OSError as error:
        return f"no mount namespace of our own: {error.strerror or error}"
    return None


def mount_small(folder: Path, megabytes: int) -> None:
    """A file system in memory at ``folder``, open to every account. Raises ``NoMounts``."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m,mode=755".encode()
    try:
        _call("mount", b"kcity-chaos", os.fsencode(folder), b"tmpfs", 0, options)
    except OSError as error:
        raise NoMounts(f"{folder}: {error}") from error


def resize(folder: Path, size_bytes: int) -> None:
    """Give a small file system another size; below what it holds the kernel refuses. Raises ``NoMounts``."""
    try:
        _call(
            "mount", b"kcity-chaos", os.fsencode(folder), b"tmpfs", MS_REMOUNT, f"size={size_bytes}".encode()
        )
    except OSError as error:
        raise NoMounts(f"{folder}: {error}") from error


def unmount(folder: Path) -> None:
    """Take it away, now or when nobody uses it any more; harmless when it is not there."""
    with contextlib.suppress(OSError):
        _call("umount2", os.fsencode(folder), 2)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc(), name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
