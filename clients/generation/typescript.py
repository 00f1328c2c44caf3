"""The generated half of the TypeScript client: types by openapi-typescript, tables of our own."""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clients.generation.contract import JSON_TYPE, Contract, Operation
from clients.node import installed

PACKAGE = Path(__file__).resolve().parents[1] / "typescript"
SOURCES = PACKAGE / "src" / "generated"
SCHEMA = SOURCES / "schema.ts"
_MANIFESTS = ("package.json", "package-lock.json")
_HEADING = "// Generated from version {version} of the contract: make clients\n"
_MARK = "// sha256 of the contract without examples: {digest}\n"


def sources(contract: Contract) -> dict[Path, str]:
    """The files that need no Node, with their content."""
    heading = _HEADING.format(version=contract.version)
    manifests = {PACKAGE / name: _with_version(PACKAGE / name, contract.version) for name in _MANIFESTS}
    return {
        SOURCES / "operations.ts": heading + _operations(contract),
        SOURCES / "problems.ts": heading + _problems(contract),
        SOURCES / "version.ts": heading + f'export const VERSION = "{contract.version}";\n',
        **manifests,
    }


def schema_is_current(contract: Contract) -> bool:
    """Whether the types were made from this contract; asks no Node."""
    return SCHEMA.exists() and _mark(contract) in SCHEMA.read_text()[:400]


def write_schema(contract: Contract) -> None:
    """Write the types. Raises ``NodeMissing``."""
    SCHEMA.write_text(schema(contract))


def schema(contract: Contract) -> str:
    """The types, made with the pinned openapi-typescript. Raises ``NodeMissing``."""
    with installed(PACKAGE), TemporaryDirectory() as folder:
        given, made = Path(folder, "contract.json"), Path(folder, "schema.ts")
        given.write_text(contract.text)
        tool = PACKAGE / "node_modules" / ".bin" / "openapi-typescript"
        subprocess.run([tool, given, "--output", made], cwd=PACKAGE, check=True, capture_output=True)
        return _HEADING.format(version=contract.version) + _mark(contract) + made.read_text()


def _mark(contract: Contract) -> str:
    return _MARK.format(digest=hashlib.sha256(contract.text.encode()).hexdigest())


def _with_version(manifest: Path, version: str) -> str:
    content: dict[str, Any] = json.loads(manifest.read_text())
    content["version"] = version
    if "packages" in content:
        content["packages"][""]["version"] = version
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _operations(contract: Contract) -> str:
    rows = "".join(f"  {one.id}: {_row(one)},\n" for one in contract.operations)
    look_ups = "".join(
        f'  {one.service}: "{one.id}",\n'
        for one in contract.operations
        if (one.answer or {}).get("$ref", "").endswith("/KeptAnswers")
    )
    return (
        'import type { operations } from "./schema.js";\n\n'
        "/** What the client must know of an operation at run time. */\n"
        "export interface Operation {\n"
        "  readonly method: string;\n"
        "  readonly path: string;\n"
        "  /** Names of its query parameters. */\n"
        "  readonly query: readonly string[];\n"
        "  /** Whether it takes an Idempotency-Key. */\n"
        "  readonly keyed: boolean;\n"
        '  readonly body: "json" | "file" | null;\n'
        "  /** Media type of a body that is given as a string. */\n"
        "  readonly text: string | null;\n"
        '  readonly answer: "json" | "bytes" | null;\n'
        "}\n\n"
        f"export const OPERATIONS: Readonly<Record<keyof operations, Operation>> = {{\n{rows}}};\n\n"
        f"/** The operation that looks an idempotency key up, by service. */\nexport const LOOK_UPS = {{\n{look_ups}}} as const;\n"
    )


def _row(operation: Operation) -> str:
    body = "file" if operation.is_upload else "json" if operation.body is not None else None
    answer = "json" if operation.answer is not None else "bytes" if operation.answer_types else None
    texts = [one for one in operation.body_types if body == "json" and one != JSON_TYPE]
    row = {
        "method": operation.method,
        "path": operation.path,
        "query": [one.name for one in operation.parameters if one.place == "query"],
        "keyed": operation.takes_header("Idempotency-Key"),
        "body": body,
        "text": texts[0] if texts else None,
        "answer": answer,
    }
    return "{ " + ", ".join(f"{name}: {json.dumps(value)}" for name, value in row.items()) + " }"


def _problems(contract: Contract) -> str:
    return "".join(_problem_lines(contract))


def _problem_lines(contract: Contract) -> Iterator[str]:
    yield "/** Every problem type of the contract, by the last part of its `type`, with its facts. */\n"
    yield "export interface ProblemFacts {\n"
    for problem in contract.problems:
        facts = "".join(f"{name}?: {_fact(value)}; " for name, value in problem.facts.items())
        yield f"  /** {problem.status}: {problem.title}. {problem.meaning} */\n"
        yield f'  "{problem.slug}": {{ {facts}[fact: string]: unknown }};\n'
    yield "}\n\nexport type ProblemSlug = keyof ProblemFacts;\n\n"
    yield "/** Which problems an operation can answer. */\nexport interface OperationProblems {\n"
    for operation in contract.operations:
        yield f"  {operation.id}: {' | '.join(json.dumps(slug) for slug in operation.problems) or 'never'};\n"
    yield "}\n"


def _fact(value: object) -> str:
    if isinstance(value, list):
        return "string[]"
    return {bool: "boolean", int: "number", float: "number"}.get(type(value), "string")
