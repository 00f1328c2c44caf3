"""Asks everybody at once; whoever does not answer is a fact, too."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.operator.addresses import api_url, processes, worker_url
from deploy.operator.speak import problem_in
from deploy.operator.status import ROUTES
from deploy.operator.tokens import operator_token
from shared.settings import SERVICES, ServiceName

TIMEOUT_SECONDS = 8.0  # a worker whose broker is down needs half of it to say so


@dataclass(frozen=True, slots=True)
class Answer:
    """``content`` is the JSON of an answer, None where there is none; then ``why_not`` says why."""

    status: int | None
    content: dict[str, Any] | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everybody's. ``token``: why there is no operator's token, or None."""

    ready: dict[str, Answer]
    addresses: dict[str, str]
    services: dict[ServiceName, Answer]
    workers: dict[ServiceName, Answer]
    token: str | None


def ask_everybody() -> Answers:
    """Ask every process, within ten seconds; never raises."""
    addresses = dict(processes())
    token, why_not = _token()
    with ThreadPoolExecutor(max_workers=24) as pool:
        ready = {
            name: pool.submit(_get, url + ROUTES.get(name, ("", "/ready"))[1])
            for name, url in addresses.items()
        }
        services = {name: pool.submit(_get, f"{api_url(name)}/v1/delivery", token) for name in SERVICES}
        workers = {name: pool.submit(_get, f"{worker_url(name)}/delivery") for name in SERVICES}
    return Answers(
        {name: asked.result() for name, asked in ready.items()},
        addresses,
        {name: asked.result() for name, asked in services.items()},
        {name: asked.result() for name, asked in workers.items()},
        why_not,
    )


def _token() -> tuple[str | None, str | None]:
    try:
        return operator_token(), None
    except httpx.HTTPError as error:
        return None, f"{type(error).__name__} at the issuer"


def _get(url: str, token: str | None = None) -> Answer:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = httpx.get(url, headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        return Answer(None, None, f"no answer ({type(error).__name__})")
    try:
        content = answer.json()
    except ValueError:
        content = None
    why_not = "" if answer.is_success else problem_in(answer)
    return Answer(answer.status_code, content if isinstance(content, dict) else None, why_not)
