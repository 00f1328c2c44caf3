"""Write or check ``docs/access.md``: ``python -m deploy.checks.access [--check]``. It is read off the routes' rules."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from shared.auth.caller import Role
from shared.auth.dependencies import rules_of
from shared.auth.rules import Access, Bound, Reach, Token
from shared.auth.scopes import SCOPES
from shared.http.openapi import application_of
from shared.settings import SERVICES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
_PEOPLE: Mapping[Role, str] = {
    Role.APPLICANT: "applicants",
    Role.SECRETARIAT_OFFICER: "secretariat",
    Role.MINISTRY_OFFICER: "ministry",
    Role.REVIEWER: "reviewers",
    Role.OPERATOR: "operators",
}
_REFUSED = {
    Reach.ONE: "others: 404",
    Reach.MANY: "others are left out",
    Reach.NAMED: "others: 403",
    Reach.CHOSEN: "others: 404",
}
_INTRODUCTION = """# Who may do what

Written by `make openapi` from the rules that the routes declare; `make check` refuses an old one. The suite asks
every operation as everybody, about every kind of object, and compares the answers with these rules
(`services/tests/access/`).

- **People** sign in (authorization code with PKCE) and may do what their roles say. A wrong role is told 403
  `forbidden`, before any object is looked at.
- **Systems** (role `system`, client credentials) may do what a scope of their token says and nothing else; tracks,
  organisation and further roles in their token count for nothing. A missing scope is told 403 `scope-missing`, with
  its name.
- **Objects**: whoever is tied to an object in none of the named ways gets the answer of an object that does not
  exist. Who may see it and not act on it is told 403.
- An **officer of the track** is its secretariat (KIND: planning, KAIA: demonstration) or the ministry. A system reads
  what officers of the tracks in its scope read.
- `GET /v1/me` of each service tells a caller what their token opens.

## Scopes of systems

`<scope>` covers both tracks, `<scope>:planning` or `<scope>:demonstration` one.

| scope | what it opens | operations |
|---|---|---|
"""
_REASONS = """
Systems only read. They need the state of what was received, the proof that it was (receipts), the cases with their
screening, and where mails stand; whole applications with contacts and documents are a scope of their own, as every
such read is written down. What stays closed to them: drafts, score sheets, rankings and reviewers (nobody outside may
learn an outcome or a reviewer before the announcement), every act (a person answers for it), and the operators'
routes (metrics serve monitoring). Announced selections, calls and the catalogue are public: no token is needed.
"""


def page() -> str:
    """The whole page."""
    apps = {service: application_of(service) for service in SERVICES}
    rules = {service: _rules(app) for service, app in apps.items()}
    scopes = [
        f"| `{scope.name}` | {scope.meaning} | {_opened_by(scope.name, rules.values())} |" for scope in SCOPES
    ]
    parts = [_INTRODUCTION + "\n".join(scopes) + "\n" + _REASONS]
    everywhere = set.intersection(*({*one} for one in rules.values()))
    parts.append(_table("every service", apps["catalog"], {n: rules["catalog"][n] for n in everywhere}))
    parts += [
        _table(service, app, {name: rule for name, rule in rules[service].items() if name not in everywhere})
        for service, app in apps.items()
    ]
    return "\n".join(parts)


def _rules(app: FastAPI) -> dict[str, Access]:
    found = rules_of(app)
    if undecided := sorted(name for name, rule in found.items() if rule is None):
        sys.exit(f"without a rule: {', '.join(undecided)}")
    return {name: rule for name, rule in found.items() if rule is not None and " " not in name}


def _opened_by(scope: str, of_services: Iterable[Mapping[str, Access]]) -> str:
    names = {
        name
        for rules in of_services
        for name, rule in rules.items()
        if rule.scope is not None and rule.scope.name == scope
    }
    return ", ".join(f"`{name}`" for name in sorted(names))


def _table(title: str, app: FastAPI, rules: Mapping[str, Access]) -> str:
    head = (
        f"## {title[0].upper()}{title[1:]}\n\n| operation | people | systems | object |\n|---|---|---|---|\n"
    )
    rows = [
        f"| `{name}`<br>{method} {path} | {_people(rules[name])} | {_systems(rules[name])} | {_object(rules[name].on)} |"
        for name, method, path in _routes(app)
        if name in rules
    ]
    return head + "\n".join(rows) + "\n"


def _routes(app: FastAPI) -> Iterator[tuple[str, str, str]]:
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and route.operation_id:
            yield route.operation_id, " ".join(sorted(route.methods or ())), str(route.path)


def _people(rule: Access) -> str:
    if rule.token is Token.NONE:
        return "everybody"
    if rule.token is Token.OPTIONAL:
        return "everybody; a token may show more"
    if not rule.roles:
        return "whoever has a token"
    return ", ".join(name for role, name in _PEOPLE.items() if role in rule.roles)


def _systems(rule: Access) -> str:
    if rule.token is not Token.NEEDED:
        return "as everybody"
    if rule.scope is not None:
        return f"`{rule.scope.name}`"
    return "–" if rule.roles else "any token"


def _object(on: Bound | None) -> str:
    if on is None:
        return "–"
    acts = "; ".join(tie.value for tie in on.acts)
    return f"**{on.what}**: {acts} ({_REFUSED[on.reach]})"


def main() -> int:
    """Write the page, or with ``--check`` tell whether it is current."""
    parser = argparse.ArgumentParser(prog="python -m deploy.checks.access", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, fail when the page is not current"
    )
    if not parser.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/access.md is not current: run make openapi")
    return 1


if __name__ == "__main__":
    sys.exit(main())
