"""``GET /v1/me``: what the token says, and which operations it opens, the same in every service."""

from datetime import UTC, datetime

import pytest

from services.tests.access.asking import World
from services.tests.access.expectation import ALLOWED, WITHOUT_OBJECT, expected
from services.tests.access.people import BY_NAME, OWN, PEOPLE, Person
from shared.auth.rules import Reach

KNOWN = [pytest.param(person, id=person.name) for person in PEOPLE if person.roles is not None]


class TestMe:
    async def test_says_what_the_token_says(self, world: World) -> None:
        me = (await world.ask("getMe", BY_NAME["applicant"], WITHOUT_OBJECT)).json()
        assert (me["subject"], me["roles"]) == (BY_NAME["applicant"].subject, ["applicant"])
        assert (me["organisation_id"], me["machine"]) == (str(OWN), False)
        assert datetime.fromisoformat(me["token_expires_at"]) > datetime.now(UTC)
        kind = (await world.ask("getMe", BY_NAME["kind"], WITHOUT_OBJECT)).json()
        assert kind["tracks"] == ["planning"]

    async def test_says_that_a_system_is_nothing_besides(self, world: World) -> None:
        me = (await world.ask("getMe", BY_NAME["system in disguise"], WITHOUT_OBJECT)).json()
        assert (me["machine"], me["roles"], me["organisation_id"], me["tracks"]) == (
            True,
            ["system"],
            None,
            [],
        )

    @pytest.mark.parametrize("person", KNOWN)
    async def test_names_the_operations_that_role_and_scopes_open(self, world: World, person: Person) -> None:
        me = (await world.ask("getMe", person, WITHOUT_OBJECT)).json()
        found = set(me["operations"])
        for operation, rule in world.rules.items():
            assert rule is not None
            if rule.on is None or rule.on.reach is Reach.MANY:
                open_to = expected(rule, person, WITHOUT_OBJECT) == ALLOWED
                assert (operation in found) == (open_to and " " not in operation), operation
