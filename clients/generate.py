"""``python -m clients.generate [--check]``: the generated halves of both clients, from the merged contract.

It needs no Node: the types of the TypeScript client are made by ``--types`` with openapi-typescript. ``--check``
writes nothing and ends with 1 when something is not current.
"""

import argparse
import sys
from pathlib import Path

from clients.generation import python
from clients.generation.contract import read

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m clients.generate", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when something is not current"
    )
    chosen = parser.parse_args()
    contract = read()
    wanted = python.sources(contract)
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    if chosen.check:
        for path in stale:
            print(f"not current: {path.relative_to(ROOT)} (make clients)", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
