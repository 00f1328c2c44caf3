"""``python -m deploy.contract lint | breaks | check | release``: keep the contract that others build on.

``check`` does both; with ``--skip-missing-tools`` it says what it could not do, and goes on. ``release`` makes the
present contract the released one, which later ones are compared with.
"""

import argparse
import shutil
import sys
from collections.abc import Callable

from deploy.contract.breaks import breaks
from deploy.contract.lint import findings
from deploy.contract.tools import ToolMissing
from deploy.contract.versions import CHANGES, RELEASED, complaints, read
from shared.http.openapi import MERGED


def lint() -> list[str]:
    """Errors of the public rules; warnings are printed."""
    found = findings(MERGED)
    print("\n".join(str(one) for one in found if not one.serious), end="\n" if found else "")
    return [str(one) for one in found if one.serious]


def compare() -> list[str]:
    """What the present contract breaks of the released one, and whether its version says that it is another."""
    told = complaints(read(MERGED), read(RELEASED), CHANGES.read_text(encoding="utf-8"))
    return [*told, *breaks(RELEASED, MERGED)]


def release() -> list[str]:
    """Make the present contract the released one, unless it breaks the one before."""
    found = compare() if RELEASED.exists() else []
    if not found:
        RELEASED.parent.mkdir(exist_ok=True)
        shutil.copy(MERGED, RELEASED)
    return found


STEPS: dict[str, tuple[Callable[[], list[str]], ...]] = {
    "lint": (lint,),
    "breaks": (compare,),
    "check": (compare, lint),
    "release": (release,),
}


def main() -> None:
    """Print what is wrong and exit 1, or exit 0."""
    parser = argparse.ArgumentParser(prog="python -m deploy.contract", description=__doc__)
    parser.add_argument("command", choices=list(STEPS))
    parser.add_argument(
        "--skip-missing-tools", action="store_true", help="go on where Node or Go is not there; CI never does"
    )
    chosen = parser.parse_args()
    failed = False
    for step in STEPS[chosen.command]:
        try:
            found = step()
        except ToolMissing as missing:
            print(f"contract: {step.__name__} WAS NOT DONE: {missing}", file=sys.stderr)
            failed |= not chosen.skip_missing_tools
            continue
        print("\n".join(found) or f"contract: {step.__name__} finds nothing wrong")
        failed |= bool(found)
    sys.exit(failed)


if __name__ == "__main__":
    main()
