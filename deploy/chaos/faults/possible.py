"""Which faults this machine cannot inject, and why: said aloud and in the report, never passed over."""

from deploy.chaos.faults.clock import ClockStep
from deploy.chaos.faults.clock_preload import library
from deploy.chaos.faults.disk import SMALL_DISKS

DISKS = tuple(disk.kind for disk in SMALL_DISKS)


def left_out_here(without_mounts: str | None) -> dict[str, str]:
    """Kind → why it is left out. ``without_mounts``: why nothing can be mounted, None when it can."""
    left: dict[str, str] = {}
    if without_mounts:
        left |= dict.fromkeys(DISKS, without_mounts)
    if library() is None:
        left[ClockStep.kind] = "the libfaketime wheel has no library for this platform"
    return left
