"""Speaking to a service as an operator: one request, or an end of the command that says why not."""

from collections.abc import Iterator
from typing import Any, Literal
from uuid import uuid4

import httpx
import typer

from deploy.operator.addresses import api_url
from deploy.operator.tokens import operator_token
from shared.settings import ServiceName

FAILED = 1
TIMEOUT_SECONDS = 15.0


def get(service: ServiceName, path: str, **params: str | int) -> Any:
    """The answer to a question, as JSON. Ends the command where there is none."""
    return _ask("GET", service, path, params=params)


def post(service: ServiceName, path: str, body: dict[str, Any]) -> Any:
    """Do something once, under a key of its own, and give the answer. Ends the command where it is refused."""
    return _ask("POST", service, path, json=body, headers={"Idempotency-Key": str(uuid4())})


def every(service: ServiceName, path: str, **params: str | int) -> Iterator[dict[str, Any]]:
    """All items of a list, page by page."""
    cursor: dict[str, str | int] = {}
    while True:
        page = get(service, path, **params, **cursor, limit=100)
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        cursor = {"cursor": page["next_cursor"]}


def _ask(method: Literal["GET", "POST"], service: ServiceName, path: str, **options: Any) -> Any:
    headers = {"Authorization": f"Bearer {_token()}", **options.pop("headers", {})}
    url = api_url(service) + path
    try:
        answer = httpx.request(
            method, url, headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False, **options
        )
    except httpx.HTTPError as error:
        raise end(f"{service} does not answer at {url}: {type(error).__name__}") from error
    if not answer.is_success:
        raise end(f"{service} refused: {problem_in(answer)}")
    return answer.json()


def _token() -> str:
    try:
        return operator_token()
    except httpx.HTTPError as error:
        raise end(f"no operator's token: {error}. Set KCITY_TOKEN, or start the local issuer.") from error


def problem_in(answer: httpx.Response) -> str:
    """What a refusal says, in one line."""
    try:
        problem = answer.json()
        facts = {k: v for k, v in problem.items() if k in ("order_id", "errors", "request_id") and v}
        return f"{answer.status_code} {problem['title']} {problem.get('detail', '')} {facts}"
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code} {answer.text.strip()[:200]}"


def end(why: str) -> typer.Exit:
    """Say on standard error why the command ends with 1; raise what this gives."""
    typer.echo(why, err=True)
    return typer.Exit(FAILED)
