"""Who is asking is judged before what they send: nobody learns from a body what is wrong with it without being let in."""

from services.tests.access.asking import World, filled
from services.tests.access.people import BY_NAME
from shared.auth.rules import Access, Token
from shared.ids import new_uuid

_READS_A_BODY = ("POST", "PUT", "PATCH")


UNREADABLE = b'{"half":'
"""Whoever is let in is told what is wrong with it (422)."""


def with_bodies(world: World) -> dict[str, tuple[str, str]]:
    """Method and address of each operation that takes a body and needs a token, about whatever is absent."""
    names = {name for objects in world.objects.values() for one in objects for name in one.values}
    absent = {**world.values, **{name: str(new_uuid()) for name in names}, "code": "KCN-2099"}
    found = {}
    for operation, (method, path) in world.routes.items():
        rule: Access | None = world.rules[operation]
        if rule is not None and rule.token is Token.NEEDED and method in _READS_A_BODY:
            found[operation] = (method, filled(path, absent))
    return found


async def answered(world: World, method: str, address: str, headers: dict[str, str]) -> int:
    """The status of a request whose body must not be judged."""
    usual = {"Content-Type": "application/json", "Idempotency-Key": "a-body"}
    answer = await world.api.request(method, address, headers={**usual, **headers}, content=UNREADABLE)
    return answer.status_code


class TestBeforeTheBody:
    async def test_nobody_is_told_to_sign_in_and_nothing_of_theirs_is_judged(self, world: World) -> None:
        asked = with_bodies(world)
        assert asked, "every service has some"
        for operation, (method, address) in asked.items():
            assert await answered(world, method, address, {}) == 401, operation

    async def test_so_is_whoever_shows_a_bad_token(self, world: World) -> None:
        for operation, (method, address) in with_bodies(world).items():
            headers = {"Authorization": "Bearer not.a.token"}
            assert await answered(world, method, address, headers) == 401, operation

    async def test_a_role_that_may_not_is_refused_before_its_body_is_judged(self, world: World) -> None:
        headers = BY_NAME["of no role"].headers(world.token_for)
        for operation, (method, address) in with_bodies(world).items():
            assert await answered(world, method, address, headers) == 403, operation

    async def test_a_media_type_that_is_not_taken_says_nothing_to_nobody(self, world: World) -> None:
        for operation, (method, address) in with_bodies(world).items():
            assert await answered(world, method, address, {"Content-Type": "text/csv"}) == 401, operation

    async def test_whoever_may_is_told_what_is_wrong_with_it(self, world: World) -> None:
        """So the refusals above are not those of every request."""
        operator = BY_NAME["operator"].headers(world.token_for)
        headers = {**operator, "Content-Type": "application/json", "Idempotency-Key": str(new_uuid())}
        answer = await world.api.post("/v1/delivery/orders", content=b'{"kind":', headers=headers)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/body"
