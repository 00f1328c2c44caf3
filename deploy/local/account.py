"""Who a child process runs as. PostgreSQL refuses to run as root, so root lends it an unprivileged account.

Linux only where it matters: elsewhere developers are not root, and a child simply keeps the account.
"""

import ctypes
import os
import pwd
import signal
import struct
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
UNPRIVILEGED_NAMES = ("nobody", "daemon")


class NoWayIn(Exception):
    """The unprivileged account cannot reach a folder, and we cannot lend it the right to."""

    def __init__(self, account: str, folder: Path) -> None:
        super().__init__(
            f"PostgreSQL runs as '{account}', which may not enter {folder}. "
            "Name a folder it can reach in KCITY_LOCAL_FOLDER, or run as an ordinary user."
        )


@dataclass(frozen=True, slots=True)
class Account:
    """An operating-system account; ``capabilities`` let it pass folders that only root may enter."""

    name: str
    uid: int
    gid: int
    capabilities: tuple[int, ...] = field(default=())

    def may_enter(self, folder: Path) -> bool:
        """Whether every folder down to ``folder`` can be passed by this account without further rights."""
        return all(self._may_pass(step) for step in (folder, *folder.parents))

    def _may_pass(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        return bool(found.st_mode & (0o010 if found.st_gid == self.gid else 0o001))


def unprivileged_account(owned: Path) -> Account | None:
    """The account for a child that must not be root: the owner of ``owned``, else ``nobody``.

    None when we are not root ourselves: the child keeps our account.
    """
    if os.geteuid() != 0:
        return None
    if owned.exists() and (found := owned.stat()).st_uid != 0:
        return Account(f"uid {found.st_uid}", found.st_uid, found.st_gid)
    entries = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(entries[name] for name in UNPRIVILEGED_NAMES if name in entries)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def able_to_enter(account: Account | None, *folders: Path) -> Account | None:
    """The same account, able to reach ``folders``.

    A checkout below root's home cannot be entered by anyone else: then the child keeps the one
    capability that lets it pass. Raises ``NoWayIn`` where even that is not ours to lend.
    """
    for folder in folders:
        if account is not None and not account.may_enter(folder):
            return replace(account, capabilities=(_lendable(account.name, folder),))
    return account


def _lendable(account: str, folder: Path) -> int:
    """The smallest capability we hold that opens ``folder``: reading anything, else (Docker) writing too."""
    held = _permitted_capabilities()
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        if held >> capability & 1:
            return capability
    raise NoWayIn(account, folder)


def _permitted_capabilities() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = (line.split(":") for line in status.read_text().splitlines())
    return next(int(value, 16) for name, value in lines if name == "CapPrm")


@cache
def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def before_exec(account: Account | None, death_signal: signal.Signals) -> Callable[[], None]:
    """What a new child does before it becomes its program: take its account, and die with its parent.

    Everything is prepared before the fork, so that the child only makes system calls.
    """
    libc, parent = _libc(), os.getpid()

    def prepare() -> None:
        if account is not None:
            _become(account, libc)
        if libc is not None:  # after the change of account, which clears it
            libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)  # the parent died before it could be watched

    return prepare


def _become(account: Account, libc: ctypes.CDLL | None) -> None:
    if libc is not None and account.capabilities:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)
    if libc is not None and account.capabilities:
        _keep_only(account.capabilities, libc)


def _keep_only(capabilities: Sequence[int], libc: ctypes.CDLL) -> None:
    """Hold these capabilities and pass them on through exec (``capset`` and the ambient set)."""
    mask = sum(1 << capability for capability in capabilities)
    header = ctypes.create_string_buffer(struct.pack("=Ii", CAPABILITY_VERSION_3, 0))
    sets = ctypes.create_string_buffer(struct.pack("=6I", mask, mask, mask, 0, 0, 0))
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    for capability in capabilities:
        if libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_CAP_AMBIENT_RAISE)")
