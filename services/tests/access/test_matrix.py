"""Every operation of every service, asked as everybody, about every kind of object: the rule alone says the answer.

An operation without a rule, or about an object that no world has, fails. Requests are real, over a real database;
they are as valid as they need be to reach the rule, and are undone.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
from fastapi.routing import APIRoute, iter_route_contexts

from services.tests.access.asking import World
from services.tests.access.expectation import ALLOWED, WITHOUT_OBJECT, Standing, expected, is_tied
from services.tests.access.people import PEOPLE, Person
from shared.auth.rules import Access, Reach
from shared.ids import new_uuid

_REFUSALS = (401, 403, 404)


def absent(world: World) -> Standing:
    """What does not exist, under whatever name an operation knows it by."""
    names = {name for objects in world.objects.values() for one in objects for name in one.values}
    values = {name: str(new_uuid()) for name in names} | {"code": "KCN-2099"}
    return Standing("absent", values, present=False)


def standings(world: World, rule: Access) -> Iterator[Standing]:
    """The objects that an operation is asked about."""
    if rule.on is None or rule.on.reach is Reach.MANY:
        yield WITHOUT_OBJECT
        return
    yield from world.objects[rule.on.what]
    if rule.on.reach is not Reach.NAMED:
        yield absent(world)


async def answered(world: World, operation: str, person: Person, standing: Standing) -> str:
    answer = await world.ask(operation, person, standing)
    assert answer.status_code < 500, f"{operation} as {person.name} on {standing.name}: {answer.text}"
    return str(answer.status_code) if answer.status_code in _REFUSALS else ALLOWED


class TestMatrix:
    def test_every_operation_declares_its_rule(self, world: World) -> None:
        assert [operation for operation, rule in world.rules.items() if rule is None] == []

    def test_no_route_but_the_documentation_goes_without(self, world: World) -> None:
        routes = iter_route_contexts(world.app.routes)
        others = {str(route.path) for route in routes if not isinstance(route.original_route, APIRoute)}
        assert others <= {"/openapi.json", "/docs", "/docs/{name}"}

    def test_every_object_of_a_rule_is_in_the_world(self, world: World) -> None:
        for operation, rule in world.rules.items():
            assert rule is None or rule.on is None or world.objects[rule.on.what], operation

    async def test_each_operation_answers_as_its_rule_says(self, world: World) -> None:
        asked: Counter[str] = Counter()
        wrong = []
        for operation, rule in sorted(world.rules.items()):
            assert rule is not None
            for standing in standings(world, rule):
                for person in PEOPLE:
                    wanted = expected(rule, person, standing)
                    found = await answered(world, operation, person, standing)
                    asked[wanted] += 1
                    if found != wanted:
                        wrong.append(f"{operation} as {person.name}, {standing.name}: {found}, not {wanted}")
        assert not wrong, "\n".join(wrong)
        assert set(asked) == {ALLOWED, "401", "403", "404"}, "every kind of answer was expected somewhere"

    async def test_each_list_shows_to_each_what_is_theirs(self, world: World) -> None:
        wrong = []
        for operation, rule in sorted(world.rules.items()):
            if rule is None or rule.on is None or rule.on.reach is not Reach.MANY:
                continue
            for person in PEOPLE:
                if expected(rule, person, WITHOUT_OBJECT) != ALLOWED:
                    continue
                shown = _ids(await world.ask(operation, person, WITHOUT_OBJECT))
                wrong += [
                    f"{operation} as {person.name}: {standing.name}"
                    for standing in world.objects[rule.on.what]
                    if (standing.listed in shown) != is_tied(rule, person, standing)
                ]
        assert not wrong, "\n".join(wrong)


def _ids(answer: httpx.Response) -> set[str]:
    items: list[dict[str, Any]] = answer.json()["items"]
    return {str(one[name]) for one in items for name in ("id", "code", "assignment_id") if name in one}
