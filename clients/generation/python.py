"""The generated half of the Python client."""

import re
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clients.generation.contract import JSON_TYPE, Contract, Operation, Parameter, Schema

PACKAGE = Path(__file__).resolve().parents[1] / "python" / "src" / "kcity_client"
TEMPLATES = Path(__file__).resolve().parent / "templates"
_SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}
_FORMATS = {"uuid": "UUID | str", "date-time": "datetime"}
_OWN_HEADERS = frozenset({"Idempotency-Key"})


@dataclass(frozen=True, slots=True)
class Method:
    """An operation in Python's words. Types and parameter lists are source text."""

    id: str
    name: str
    service: str
    method: str
    path: str
    keyed: bool
    accepts: str
    summary: str
    docstring: str
    parameters: str
    passing: str
    answer: str
    reads: str
    path_arguments: tuple[tuple[str, str], ...]
    query_arguments: tuple[tuple[str, str], ...]
    header_arguments: tuple[tuple[str, str], ...]
    is_upload: bool
    text_type: str | None
    body_model: str | None


def sources(contract: Contract) -> dict[Path, str]:
    """Every generated file with its content, formatted."""
    everywhere = _everywhere(contract)
    methods = [_method(operation, everywhere) for operation in contract.operations]
    environment = _environment()
    rendered = {
        "_version.py": f'"""The version of the contract."""\n\n__version__ = "{contract.version}"\n',
        "models.py": _models(contract),
        "problems.py": environment.get_template("problems.py.jinja").render(contract=contract),
        "_operations.py": environment.get_template("_operations.py.jinja").render(
            contract=contract, operations=methods
        ),
    }
    for name, class_name, prefix, waits in (
        ("_sync_operations.py", "Operations", "", ""),
        ("_async_operations.py", "AsyncOperations", "async ", "await "),
    ):
        rendered[name] = environment.get_template("methods.py.jinja").render(
            contract=contract, operations=methods, class_name=class_name, prefix=prefix, waits=waits
        )
    return {PACKAGE / name: text for name, text in _formatted(rendered).items()}


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - it writes Python, not HTML
    )
    environment.filters |= {
        "class_name": lambda slug: "".join(word.capitalize() for word in slug.split("-")),
        "docstring": _safe,
        "fact_type": lambda value: _fact(value) + " | None",
        "fact_class": lambda value: type(value).__name__,
    }
    return environment


def _models(contract: Contract) -> str:
    options = (
        *("--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"),
        *("--base-class", "kcity_client._model.Model", "--target-python-version", "3.11"),
        *("--use-standard-collections", "--use-union-operator", "--use-annotated", "--use-type-alias-type"),
        *("--enum-field-as-literal", "all", "--use-schema-description", "--use-field-description"),
        *("--formatters", "builtin", "--disable-future-imports", "--disable-timestamp"),
    )
    heading = f'"""What is sent and answered, version {contract.version} of the contract. Generated: `make clients`."""'
    with TemporaryDirectory() as folder:
        given, made = Path(folder, "contract.json"), Path(folder, "models.py")
        given.write_text(contract.text)
        command = (sys.executable, "-m", "datamodel_code_generator", "--input", given, "--output", made)
        subprocess.run([*command, *options, "--custom-file-header", heading], check=True)
        return made.read_text()


def _formatted(rendered: Mapping[str, str]) -> dict[str, str]:
    """The files as ``ruff`` orders and formats them, so that the checks of the house hold for them too."""
    with TemporaryDirectory() as scratch:
        package = Path(scratch, PACKAGE.name)  # so that its own imports are sorted as in place
        package.mkdir()
        for name, text in ({"__init__.py": ""} | dict(rendered)).items():
            (package / name).write_text(text)
        settings = ("--config", PACKAGE.parents[3] / "pyproject.toml", "--quiet")
        ruff = (sys.executable, "-m", "ruff")
        mended = ("--select", "I,F401,D200,D212", "--fix", "--unsafe-fixes")
        subprocess.run([*ruff, "check", *settings, *mended, package], check=True)
        subprocess.run([*ruff, "format", *settings, package], check=True)
        return {name: (package / name).read_text() for name in rendered}


def _everywhere(contract: Contract) -> frozenset[str]:
    """Problems that most operations have: those of every request, which no docstring repeats."""
    counts = Counter(slug for operation in contract.operations for slug in operation.problems)
    return frozenset(slug for slug, count in counts.items() if count > len(contract.operations) / 2)


def _method(operation: Operation, everywhere: frozenset[str]) -> Method:
    positional, named = _arguments(operation)
    answer = _answer_type(operation)
    text_types = [one for one in operation.body_types if one != JSON_TYPE] if not operation.is_upload else []
    return Method(
        id=operation.id,
        name=snake(operation.id),
        service=operation.service,
        method=operation.method,
        path=operation.path,
        keyed=operation.takes_header("Idempotency-Key"),
        accepts=_accepts(operation),
        summary=_safe(operation.summary),
        docstring=_docstring(operation, everywhere),
        parameters=", ".join((*positional.values(), "*", *named.values())),
        passing=", ".join((*positional, *(f"{name}={name}" for name in named))),
        answer=answer,
        reads=answer,
        path_arguments=_placed(operation, "path"),
        query_arguments=_placed(operation, "query"),
        header_arguments=_placed(operation, "header"),
        is_upload=operation.is_upload,
        text_type=text_types[0] if text_types else None,
        body_model=None if operation.body is None else _type(operation.body),
    )


def _arguments(operation: Operation) -> tuple[dict[str, str], dict[str, str]]:
    """Positional and keyword arguments, each with its source text: path and body first, then what is required."""
    positional: dict[str, str] = {}
    named: dict[str, str] = {}
    for one in operation.parameters:
        if one.place == "path":
            positional[snake(one.name)] = f"{snake(one.name)}: {_type(one.schema)}"
    if operation.is_upload:
        positional["file"] = "file: Upload | Path | bytes | BinaryIO"
    elif operation.body is not None:
        text = " | str" if len(operation.body_types) > 1 else ""
        optional = "" if operation.body_required else " | None = None"
        positional["body"] = f"body: {_type(operation.body)} | Mapping[str, object]{text}{optional}"
    for one in sorted(operation.parameters, key=lambda each: not each.required):
        if one.place != "path" and one.name not in _OWN_HEADERS:
            optional = "" if one.required else " | None = None"
            named[snake(one.name)] = f"{snake(one.name)}: {_type(one.schema)}{optional}"
    if operation.takes_header("Idempotency-Key"):
        named["idempotency_key"] = "idempotency_key: str | None = None"
    named["timeout"] = "timeout: float | None = None"
    return positional, named


def _placed(operation: Operation, place: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.name, snake(one.name))
        for one in operation.parameters
        if one.place == place and one.name not in _OWN_HEADERS
    )


def _answer_type(operation: Operation) -> str:
    if operation.answer is not None:
        return _type(operation.answer)
    return "bytes" if operation.answer_types else "None"


def _accepts(operation: Operation) -> str:
    good = JSON_TYPE if operation.answer is not None else "*/*" * bool(operation.answer_types)
    return f"{good}, application/problem+json" if good else "application/problem+json"


def _type(schema: Schema) -> str:
    """A schema as a type. Raises ``LookupError`` for one that the contract has not used so far."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[-1]
        return "models." + name.replace("_", "")
    if "enum" in schema or "const" in schema:
        words = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(map(repr, words))}]"
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " | ".join(dict.fromkeys("None" if one == {"type": "null"} else _type(one) for one in choices))
    if schema.get("type") == "array":
        return f"Sequence[{_type(schema['items'])}]"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if schema.get("type") in _SCALARS:
        return _SCALARS[schema["type"]]
    raise LookupError(f"no type for {schema}")


def _fact(value: Any) -> str:
    return "list[str]" if isinstance(value, list) else type(value).__name__


def _docstring(operation: Operation, everywhere: frozenset[str]) -> str:
    parts = [operation.summary.rstrip(".") + "." + (" Deprecated." if operation.deprecated else "")]
    parts.append(operation.description)
    told = [_argument(one) for one in operation.parameters if one.name not in _OWN_HEADERS and one.meaning]
    if told:
        parts.append("\n".join(told))
    if operation.takes_header("Idempotency-Key"):
        parts.append(
            "``idempotency_key``: made for this act where none is given; repeats of the act send it again."
        )
    own = [f"``{slug}``" for slug in operation.problems if slug not in everywhere]
    if own:
        parts.append(textwrap.fill(f"Problems: {', '.join(own)}.", 100, break_on_hyphens=False))
    return _safe("\n\n".join(part.strip() for part in parts if part.strip()))


def _argument(parameter: Parameter) -> str:
    return f"``{snake(parameter.name)}``: {parameter.meaning.strip()}"


def snake(name: str) -> str:
    """``submitApplication``, ``If-Match`` → ``submit_application``, ``if_match``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").lower()


def _safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', "'''").strip()
