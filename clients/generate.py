"""``python -m clients.generate [--build | --check]``: the generated halves of both clients, from the merged contract.

Only a changed TypeScript client needs Node, for openapi-typescript and its compiler; what is compiled for the sample
front end is committed. ``--check`` writes nothing, asks no Node, and ends with 1 when something is not current.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from clients import node
from clients.generation import browser, python, typescript
from clients.generation.contract import read

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m clients.generate", description=__doc__)
    parser.add_argument("--build", action="store_true", help="compile the TypeScript client afterwards")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if something is not current"
    )
    chosen = parser.parse_args()
    contract = read()
    wanted = python.sources(contract) | typescript.sources(contract)
    stale = {path: text for path, text in wanted.items() if not path.exists() or path.read_text() != text}
    types_are_current = typescript.schema_is_current(contract)
    if chosen.check:
        compiled = () if browser.is_current() else (browser.MARK,)
        return _told([*stale, *(() if types_are_current else (typescript.SCHEMA,)), *compiled])
    for path, text in stale.items():
        path.write_text(text)
        print(f"wrote {path.relative_to(ROOT)}")
    try:
        if not types_are_current:
            typescript.write_schema(contract)
            print(f"wrote {typescript.SCHEMA.relative_to(ROOT)}")
        if chosen.build:
            print(f"built {node.build().relative_to(ROOT)}")
        if not browser.is_current():
            browser.write()
            print(f"wrote {browser.FOLDER.relative_to(ROOT)}")
    except node.NodeMissing as missing:
        print(f"the TypeScript client is not current: {missing}", file=sys.stderr)
        return 2
    return 0


def _told(stale: Sequence[Path]) -> int:
    for path in stale:
        print(f"not current: {path.relative_to(ROOT)} (make clients)", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
