"""Write or check the OpenAPI documents: ``python -m shared.http.openapi [--check]``.

One for each service (``openapi.json`` beside its code) and the merged one of the front door
(``shared/contracts/openapi.json``). Deterministic: sorted, and free of the surroundings (the settings here are
placeholders; nothing is opened).
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from shared.contracts.merged import merged
from shared.http.contract.words import AUDIENCES
from shared.settings import SERVICES, ServiceName

MERGED = Path(__file__).resolve().parent.parent / "contracts" / "openapi.json"
OVERVIEW = MERGED.with_name("overview.md")
SERVICES_FOLDER = Path(__file__).resolve().parent.parent.parent / "services"
_PLACEHOLDERS = {
    "KCITY_PROFILE": "local",
    "KCITY_DATABASE_URL": "postgresql://role:password@localhost/database",
    "KCITY_KAFKA_BOOTSTRAP": "localhost:9092",
    "KCITY_ISSUER_URL": "http://localhost:8180",
    "KCITY_PUBLIC_URL": "http://localhost:8080",
    "KCITY_DOCUMENT_STORE_URL": "file:///nowhere",
    "KCITY_RECEIPT_KEY_FILE": "/nowhere/receipt-key.json",
    "KCITY_RECEIPT_NUMBER_SECRET": "development-placeholder-for-the-openapi-document",
    "KCITY_LINK_SECRET": "development-placeholder-for-the-openapi-document",
    "KCITY_SMTP_URL": "smtp://localhost:8025",
    "KCITY_MAIL_FROM": "nobody@localhost",
}


def document_of(service: ServiceName) -> dict[str, Any]:
    """The OpenAPI document of a service, from its code alone."""
    return application_of(service).openapi()


def application_of(service: ServiceName) -> FastAPI:
    """The API of a service as it is put together, with nothing opened: to ask it about its routes."""
    before = dict(os.environ)
    os.environ |= {**_PLACEHOLDERS, "KCITY_SERVICE": service}
    os.environ.pop("KCITY_OTLP_ENDPOINT", None)
    try:
        module = importlib.import_module(f"services.{service}.main")
        app: FastAPI = module.create_app()
        return app
    finally:
        os.environ.clear()
        os.environ |= before


def rendered(document: dict[str, Any]) -> str:
    """The document as it lies in the repository."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def path_of(service: ServiceName) -> Path:
    """Where a service's document lies."""
    return SERVICES_FOLDER / service / "openapi.json"


def is_current(service: ServiceName) -> bool:
    """Whether the file says what the code does."""
    return _says(path_of(service), rendered(document_of(service)))


def merged_document() -> dict[str, Any]:
    """The document of the whole: the four behind the front door."""
    documents = {service: document_of(service) for service in SERVICES}
    version = documents["intake"]["info"]["version"]
    info = {
        "title": "K-City Network",
        "summary": "The yearly call for smart-city projects abroad: applications, review, mails, catalogue",
        "version": version,
        "description": OVERVIEW.read_text(encoding="utf-8"),
        "contact": documents["intake"]["info"]["contact"],
    }
    whole = merged(documents, info)
    order = [audience.value for audience in AUDIENCES]
    tags = sorted(whole["tags"], key=lambda tag: order.index(tag["name"]))
    return {**whole, "servers": documents["intake"]["servers"], "tags": tags}


def contracts() -> dict[Path, str]:
    """Every document as it should lie in the repository, by its file."""
    documents = {path_of(service): rendered(document_of(service)) for service in SERVICES}
    return {**documents, MERGED: rendered(merged_document())}


def _says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main() -> None:
    """Write the documents, or with ``--check`` end with 1 if one is not current."""
    parser = argparse.ArgumentParser(prog="python -m shared.http.openapi", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is not current")
    chosen = parser.parse_args()
    root = SERVICES_FOLDER.parent
    stale = {path: text for path, text in contracts().items() if not _says(path, text)}
    names = [str(path.relative_to(root)) for path in stale]
    if chosen.check and stale:
        sys.exit(f"not current: {', '.join(names)}; run python -m shared.http.openapi")
    for path, text in stale.items():
        path.write_text(text, encoding="utf-8")
    sys.stdout.write("".join(f"{name}\n" for name in names))


if __name__ == "__main__":
    main()
