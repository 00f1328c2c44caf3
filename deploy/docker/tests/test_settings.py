"""What the composition gives each process is what its settings ask for."""

import importlib
import os
import re
from typing import Any

import pytest

from deploy.docker.compose_rules import read_compose
from shared.settings import SERVICES, ServiceName, Settings, UnsafeSettings

NOT_SETTINGS = frozenset({"KCITY_WORKER_HOST"})  # read by the worker's start, before its settings


def environment_of(container: str) -> dict[str, str]:
    """The variables of a container, ``${NAME:-default}`` as it is with nothing set."""
    given = read_compose()["services"][container]["environment"]
    return {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for name, value in given.items()}


def settings_of(service: ServiceName) -> type[Settings]:
    module: Any = importlib.import_module(f"services.{service}.settings")
    found: type[Settings] = getattr(module, f"{service.capitalize()}Settings")
    return found


@pytest.fixture
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in list(os.environ):
        if name.startswith("KCITY_"):
            monkeypatch.delenv(name)
    return monkeypatch


@pytest.mark.parametrize("half", ["api", "worker"])
@pytest.mark.parametrize("service", SERVICES)
class TestSettings:
    def test_are_complete_and_none_is_misspelt(
        self, service: ServiceName, half: str, empty_environment: pytest.MonkeyPatch
    ) -> None:
        given = environment_of(f"{service}-{half}")
        for name, value in given.items():
            empty_environment.setenv(name, value)
        settings = settings_of(service)()
        assert settings.service == service
        known = {f"KCITY_{field.upper()}" for field in type(settings).model_fields} | NOT_SETTINGS
        assert {name for name in given if name.startswith("KCITY_")} <= known

    def test_of_this_composition_are_refused_by_the_production_profile(
        self, service: ServiceName, half: str, empty_environment: pytest.MonkeyPatch
    ) -> None:
        for name, value in environment_of(f"{service}-{half}").items():
            empty_environment.setenv(name, value)
        empty_environment.setenv("KCITY_PROFILE", "production")
        with pytest.raises(UnsafeSettings) as refused:
            settings_of(service)()
        assert any("KCITY_ISSUER_URL must be https" in reason for reason in refused.value.reasons)
        assert any("KCITY_DATABASE_URL is a development secret" in each for each in refused.value.reasons)
