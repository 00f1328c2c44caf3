"""Item 4: clients that other teams can build on, in TypeScript and Python, of the contract's own version.

How they retry, page, upload and refuse is tried answer by answer in ``clients/python/tests`` and, by Node, in
``clients/typescript/tests``; here their READMEs are followed to the letter on a running stack.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from clients import node
from clients.generation import typescript
from clients.generation.contract import read
from tests.acceptance.front_door.addresses import addresses
from tests.acceptance.front_door.readme import program
from tests.stack import ROOT, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900), pytest.mark.needs("node")]

PYTHON = ROOT / "clients" / "python"
TYPESCRIPT = ROOT / "clients" / "typescript"


def run(*argv: str | Path, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> str:
    """What a program printed; it must end well."""
    found = subprocess.run(
        argv,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert found.returncode == 0, f"{argv} ended with {found.returncode}:\n{found.stdout}\n{found.stderr}"
    return found.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python client as other teams get it."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    run(
        uv,
        "build",
        "--quiet",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "-o",
        folder,
        PYTHON,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def built() -> Path:
    """The TypeScript client, compiled by its own strict settings."""
    return node.build()


def test_4_a_client_has_the_version_of_the_contract(wheel: Path) -> None:
    version = read().version
    assert wheel.name == f"kcity_client-{version}-py3-none-any.whl"
    for name in ("package.json", "package-lock.json"):
        assert json.loads((TYPESCRIPT / name).read_text())["version"] == version


def test_4_what_is_generated_is_what_the_contract_says(built: Path) -> None:
    run(sys.executable, "-m", "clients.generate", "--check")
    committed = typescript.SCHEMA.read_text()
    assert built.joinpath("index.js").exists()
    assert typescript.schema(read()) == committed


def test_4_types_are_strict_without_a_runtime_dependency() -> None:
    options = json.loads((TYPESCRIPT / "tsconfig.json").read_text())["compilerOptions"]
    assert [
        name
        for name in ("strict", "noUncheckedIndexedAccess", "exactOptionalPropertyTypes")
        if options.get(name) is not True
    ] == []
    assert "dependencies" not in json.loads((TYPESCRIPT / "package.json").read_text())
    assert '"resolved"' not in (TYPESCRIPT / "package-lock.json").read_text()


@pytest.mark.needs("chromium")
def test_4_the_typescript_client_behaves_in_node_and_in_a_browser(built: Path) -> None:
    assert built.exists()
    printed = run("node", "--test", "--test-reporter=tap", "tests/", cwd=TYPESCRIPT)
    assert "# fail 0" in printed
    assert "# skipped 0" in printed


def test_4_the_readme_of_the_typescript_client_runs(played: RunningStack, built: Path) -> None:
    example = TYPESCRIPT / "example"
    example.mkdir(exist_ok=True)
    (example / "readme.ts").write_text(program(TYPESCRIPT / "README.md", "ts"))
    (example / "docs.ts").write_text(program(ROOT / "docs" / "clients.md", "ts"))
    assert built.exists()
    run(TYPESCRIPT / "node_modules" / ".bin" / "tsc", "--project", "tsconfig.example.json", cwd=TYPESCRIPT)
    printed = run("node", example / "dist" / "example" / "readme.js", environment=addresses(played))
    assert "/documents/concept_paper missing" in printed
    assert "once is enough" in printed


def test_4_the_readme_of_the_python_client_runs_on_its_wheel(
    played: RunningStack, wheel: Path, tmp_path: Path
) -> None:
    example = tmp_path / "readme.py"
    example.write_text(program(PYTHON / "README.md", "python"))
    run(
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        f"--cache-dir={ROOT}/.mypy_cache/readme",  # other settings than the house's: they would undo its cache
        example,
        environment={"MYPYPATH": str(PYTHON / "src")},
    )
    printed = run(
        sys.executable, example, cwd=tmp_path, environment={"PYTHONPATH": str(wheel), **addresses(played)}
    )
    assert "/documents/concept_paper missing" in printed
    assert "once is enough" in printed


def test_4_both_clients_know_every_operation_and_every_problem(wheel: Path, built: Path) -> None:
    contract = read()
    names = ", ".join(json.dumps(one.id) for one in contract.operations)
    missing = f"console.log([{names}].filter((name) => typeof KCity.prototype[name] !== 'function').length)"
    told = run(
        "node",
        "--input-type=module",
        "--eval",
        f"import {{ KCity }} from '{built.as_uri()}/index.js'; {missing}",
    )
    assert told.strip() == "0"
    counted = "from kcity_client import problems; print(*sorted(problems.BY_SLUG))"
    slugs = run(sys.executable, "-c", counted, environment={"PYTHONPATH": str(wheel)}).split()
    assert slugs == sorted(one.slug for one in contract.problems)
    assert len(slugs) > 0


def test_4_without_node_the_typescript_client_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(node.NodeMissing, match=r"Node 20\.16"):
        node.build()
