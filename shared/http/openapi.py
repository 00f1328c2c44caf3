"""Write or check each service's ``openapi.json``: ``python -m shared.http.openapi [--check] [service …]``.

Deterministic: sorted, and free of the surroundings (the settings here are placeholders; nothing is opened).
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from shared.settings import SERVICES, ServiceName

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
    """The OpenAPI document of a service, from its code alone. Raises ``ModuleNotFoundError`` where it has no API yet."""
    before = dict(os.environ)
    os.environ |= {**_PLACEHOLDERS, "KCITY_SERVICE": service}
    os.environ.pop("KCITY_OTLP_ENDPOINT", None)
    try:
        module = importlib.import_module(f"services.{service}.main")
        app: FastAPI = module.create_app()
        return app.openapi()
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
    path = path_of(service)
    return path.exists() and path.read_text(encoding="utf-8") == rendered(document_of(service))


def main() -> None:
    """Write the documents, or with ``--check`` end with 1 if one is not current."""
    parser = argparse.ArgumentParser(prog="python -m shared.http.openapi", description=__doc__)
    parser.add_argument("services", nargs="*", choices=[*SERVICES, []], help="all without a name")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is not current")
    chosen = parser.parse_args()
    services: list[ServiceName] = chosen.services or list(SERVICES)
    if chosen.check:
        stale = [service for service in services if not is_current(service)]
        if stale:
            sys.exit(f"not current: {', '.join(stale)}; run python -m shared.http.openapi")
        return
    for service in services:
        path_of(service).write_text(rendered(document_of(service)), encoding="utf-8")
        sys.stdout.write(f"{path_of(service).relative_to(SERVICES_FOLDER.parent)}\n")


if __name__ == "__main__":
    main()
