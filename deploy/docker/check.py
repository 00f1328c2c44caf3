"""``python -m deploy.docker.check``: composition, Dockerfile and realm agree with each other and with the code."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from deploy.docker import compose_rules, front_door_rules, realm_rules, version_rules
from deploy.docker.compose_rules import COMPOSE_FILE, read_compose
from deploy.docker.realm_rules import read_realm


def faults() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    yield from schema_faults(COMPOSE_FILE)
    compose, realm = read_compose(), read_realm()
    for rule in (*compose_rules.RULES, *front_door_rules.RULES, *version_rules.RULES):
        yield from rule(compose)
    for realm_rule in realm_rules.RULES:
        yield from realm_rule(realm, compose)


def schema_faults(file: Path) -> Iterator[str]:
    """Where ``file`` is no composition by the specification's own schema (built into the checker: no network)."""
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [str(checker), "--builtin-schema", "vendor.compose-spec", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        yield result.stdout + result.stderr


def main() -> int:
    """Print every fault; exit code 1 when there is one."""
    found = list(faults())
    print("\n".join(found) or "containers: composition, images and realm agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
