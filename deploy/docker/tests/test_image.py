"""What an image holds is what the Dockerfile and .dockerignore say, and it is enough to run its service."""

import json
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from deploy.docker.image import (
    DOCKERFILE,
    ROOT,
    Ignored,
    Instruction,
    NotADockerfile,
    copies,
    final_stage,
    instructions,
    lay_out,
)
from shared.settings import API_PORTS, SERVICES, ServiceName

JOBS = ("shared.database.migrate", "shared.bus.provision", "shared.healthcheck")
IMPORTS = """
import importlib, json, sys
folder, absent, modules = json.loads(sys.argv[1])
sys.path = [folder, *(path for path in sys.path if "site-packages" in path or "lib" in path)]
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent or name in absent:
            raise ModuleNotFoundError(f"absent from the image: {name}", name=name)
sys.meta_path = [Absent(), *(f for f in sys.meta_path if "editable" not in repr(f).lower())]
for module in modules:
    found = importlib.import_module(module)
    assert found.__file__.startswith(folder), found.__file__
"""


def only_for_development() -> list[str]:
    """Importable packages of this environment that requirements.lock does not bring."""
    locked = {
        _normal(line.partition("==")[0])
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if re.match(r"[\w.-]+==", line)
    }
    owners = packages_distributions()
    strangers = [name for name, owner in owners.items() if not locked & {_normal(each) for each in owner}]
    return [*(name for name in strangers if name not in {"services", "shared"}), "deploy"]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def import_in_image(folder: Path, *modules: str) -> str:
    """Import ``modules`` in a fresh process that sees ``folder`` and the locked packages; what it complained of."""
    given = json.dumps([str(folder), only_for_development(), modules])
    command = [sys.executable, "-I", "-W", "error", "-c", IMPORTS, given]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    return result.stderr if result.returncode else ""


def values_of(service: ServiceName) -> dict[str, str]:
    return {"SERVICE": service, "API_PORT": str(API_PORTS[service])}


class TestDockerfile:
    def test_joins_continued_lines_and_leaves_comments_out(self) -> None:
        assert instructions("# note\nFROM a\nRUN one \\\n  # why\n  && two\n") == [
            Instruction("FROM", "a"),
            Instruction("RUN", "one    && two"),
        ]

    @pytest.mark.parametrize("text", ["", "RUN before-any-image", "FROM a\nCOPPY b c", "FROM a\nUSER"])
    def test_is_refused_when_it_is_none(self, text: str) -> None:
        with pytest.raises(NotADockerfile):
            instructions(text)

    def test_puts_only_locked_wheels_with_their_hashes_into_the_image(self) -> None:
        [install] = [each.text for each in instructions(DOCKERFILE.read_text()) if "pip install" in each.text]
        assert "--require-hashes" in install
        assert "-r /build/requirements.lock" in install

    @pytest.mark.parametrize("service", SERVICES)
    def test_copies_the_common_library_and_one_service(self, service: ServiceName) -> None:
        copied = copies(final_stage(DOCKERFILE.read_text()), values_of(service))
        assert [source for source, _ in copied] == ["shared/", "services/__init__.py", f"services/{service}/"]


class TestIgnored:
    @pytest.mark.parametrize(
        ("path", "left_out"),
        [
            ("README.md", True),
            ("deploy/local/keys.py", True),
            ("deploy/front_door/site/writing.py", False),
            ("deploy/front_door/tests/conftest.py", True),
            ("docs/api/versioning.md", False),
            (".env", True),
            ("requirements.lock", False),
            ("requirements-dev.lock", True),
            ("shared/settings.py", False),
            ("shared/testing/plugin.py", True),
            ("shared/tests/test_etag.py", True),
            ("services/intake/main.py", False),
            ("services/intake/migrations/versions/one.py", False),
            ("services/intake/tests/domain/test_submission.py", True),
            ("shared/http/__pycache__/strict.cpython-311.pyc", True),
        ],
    )
    def test_leaves_out_all_but_the_library_and_the_services(self, path: str, *, left_out: bool) -> None:
        assert Ignored((ROOT / ".dockerignore").read_text()).leaves_out(Path(path)) is left_out


@pytest.mark.parametrize("service", SERVICES)
class TestImage:
    def test_holds_no_test_no_deployment_and_no_other_service(
        self, service: ServiceName, tmp_path: Path
    ) -> None:
        lay_out(values_of(service), tmp_path)
        held = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
        assert {"shared/healthcheck.py", "services/__init__.py", f"services/{service}/__init__.py"} <= held
        assert {path.name for path in (tmp_path / "services").iterdir() if path.is_dir()} == {service}
        assert not [path for path in held if re.search(r"(^|/)(tests?|testing|deploy)(/|$)", path)]

    def test_is_enough_to_import_every_program_of_its_service(
        self, service: ServiceName, tmp_path: Path
    ) -> None:
        lay_out(values_of(service), tmp_path)
        programs = [f"services.{service}.main", f"services.{service}.worker"]
        assert import_in_image(tmp_path, *JOBS, *programs) == ""


class TestImportInImage:
    """The test above would see it."""

    def test_finds_the_jobs(self, tmp_path: Path) -> None:
        lay_out(values_of("catalog"), tmp_path)
        assert import_in_image(tmp_path, *JOBS) == ""

    @pytest.mark.parametrize(
        "module",
        [
            "deploy.local",
            "services.intake",
            "shared.testing",
            "pytest",
            "rich",
            "typer",
            "aiosmtpd",
            "psycopg",
        ],
    )
    def test_refuses_what_no_image_holds(self, module: str, tmp_path: Path) -> None:
        lay_out(values_of("catalog"), tmp_path)
        (tmp_path / "services/catalog/main.py").write_text(f"import {module}\n")
        assert "ModuleNotFoundError" in import_in_image(tmp_path, "services.catalog.main")
