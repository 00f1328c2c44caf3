"""Each service, fuzzed from its own contract as everybody: one class a service, so that workers share them.

What was wrong is told with a seed and a curl line. ``KCITY_FUZZ_SEED`` plays another seed, ``KCITY_FUZZ_CASES`` more.
"""

import os
from collections.abc import AsyncIterator

import pytest

from deploy.fuzz.fuzzer import Fuzzer
from deploy.fuzz.tally import Tally
from deploy.local.issuer import Issuer
from deploy.local.stack import UNLIMITED
from services.tests.access.conftest import OPENINGS
from services.tests.fuzz.settings import setting_of
from shared.auth.caller import Role
from shared.database.connection import Database
from shared.settings import ServiceName
from shared.testing.plugin import DatabaseOf, TokenFor

SEED = int(os.environ.get("KCITY_FUZZ_SEED", "20261123"))
CASES = int(os.environ.get("KCITY_FUZZ_CASES", "100"))

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="class")
async def tally(
    request: pytest.FixtureRequest,
    lasting_database_of: DatabaseOf,
    issuer: Issuer,
    token_for: TokenFor,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Tally]:
    """What came of fuzzing the service of the class, over objects of every standing, whose changes stay."""
    service: ServiceName = request.cls.service
    folder = tmp_path_factory.mktemp(f"fuzz-{service}")
    with pytest.MonkeyPatch.context() as environment:
        for name, limit in UNLIMITED.items():
            environment.setenv(name, limit)
        opening = OPENINGS[service](await lasting_database_of(service), issuer.url, token_for, folder)
        async with opening as world:
            undoing = world.app.state.database
            world.app.state.database = Database(undoing.engine, undoing.pool)
            world.api.event_hooks["response"].clear()  # what is wrong is gathered, not raised
            fuzzer = Fuzzer(world.app.openapi(), world.api, setting_of(world, token_for), SEED)
            yield await fuzzer.play(CASES)


class Fuzzed:
    """What every service must stand."""

    service: ServiceName

    def test_nothing_was_found(self, tally: Tally) -> None:
        assert not tally.findings, "\n".join(map(str, tally.findings.values()))

    def test_every_operation_was_asked_so_often(self, tally: Tally) -> None:
        assert {operation for operation in tally.roles if tally.cases(operation) < CASES} == set()

    def test_everybody_asked(self, tally: Tally) -> None:
        asked = {role for roles in tally.roles.values() for role in roles}
        assert asked >= {*Role, "nobody", "expired token", "forged token"}

    def test_links_led_somewhere(self, tally: Tally) -> None:
        assert tally.links


class TestIntake(Fuzzed):
    service = "intake"


class TestReview(Fuzzed):
    service = "review"


class TestNotification(Fuzzed):
    service = "notification"


class TestCatalog(Fuzzed):
    service = "catalog"
