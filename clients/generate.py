"""``python -m clients.generate [--check]``: the generated halves of both clients, from the merged contract.

Only changed types of the TypeScript client need Node, for openapi-typescript. ``--check`` writes nothing, asks no
Node, and ends with 1 when something is not current.
"""

import argparse
import sys
from pathlib import Path

from clients.generation import python, typescript
from clients.generation.contract import Contract, read

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m clients.generate", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when something is not current"
    )
    chosen = parser.parse_args()
    contract = read()
    wanted = python.sources(contract) | typescript.sources(contract)
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    types_are_current = typescript.schema_is_current(contract)
    if chosen.check:
        stale += [] if types_are_current else [typescript.SCHEMA]
        for path in stale:
            print(f"not current: {path.relative_to(ROOT)} (make clients)", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0 if types_are_current else _write_types(contract)


def _write_types(contract: Contract) -> int:
    try:
        typescript.write_schema(contract)
    except typescript.NodeMissing as missing:
        print(f"types of the TypeScript client are not current: {missing}", file=sys.stderr)
        return 2
    print(f"wrote {typescript.SCHEMA.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
