"""What a process loads before it does anything: a fleet that starts again pays for it, every process of it."""

import json
import subprocess
import sys

import pytest

from shared.settings import SERVICES, ServiceName

ON_DEMAND = {"alembic", "mako", "valkey", "opentelemetry.exporter"}
"""Migrations, the shared counter, the export of traces: loaded by who needs them."""
WEB = {"fastapi", "httpx", "shared.auth.verifier", "shared.http.application"}
"""Of no use to a worker, which answers only about its health."""


def loaded_by(module: str) -> set[str]:
    code = f"import {module}, json, sys; print(json.dumps(sorted(sys.modules)))"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - a module of ours
    return set(json.loads(asked.stdout))


@pytest.mark.parametrize("service", SERVICES)
def test_an_api_loads_nothing_that_only_others_need(service: ServiceName) -> None:
    loaded = loaded_by(f"services.{service}.main")
    assert "fastapi" in loaded
    assert not loaded & ON_DEMAND


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_loads_no_web_framework(service: ServiceName) -> None:
    loaded = loaded_by(f"services.{service}.worker")
    assert "sqlalchemy" in loaded
    assert not loaded & (ON_DEMAND | WEB)
