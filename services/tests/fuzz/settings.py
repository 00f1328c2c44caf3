"""What the fuzzing of a service in this process is given: everybody of the access matrix, its objects, its secrets."""

from collections.abc import Iterator, Mapping, Sequence

from deploy.fuzz.actors import Actor, unwelcome
from deploy.fuzz.checks import Private, Secrets
from deploy.fuzz.fuzzer import Setting
from services.intake.tests.house import DEMONSTRATION, LINK_SECRET, PDF, PLANNING
from services.tests.access.asking import World
from services.tests.access.people import PEOPLE
from shared.testing.plugin import TokenFor

KEYS = ("test-password", LINK_SECRET, "development-receipt-numbers", '"d":')
"""Passwords and secrets of every world, and the private half of a key."""


ADDRESSES = (DEMONSTRATION["contact"]["email"], PLANNING["contact"]["email"])
READERS = frozenset(
    {
        *("applicant", "colleague", "stranger", "applicant and kaia", "kaia", "kind", "ministry"),
        *("system of all scopes", "system of planning"),
    }
)
"""Who has to do with applications; reviewers, operators and other systems learn no address."""


def setting_of(world: World, token_for: TokenFor) -> Setting:
    """Everything that the fuzzer may know of a service."""
    actors = tuple(_actors(token_for))
    tokens = [actor.token for actor in actors if actor.token]
    return Setting(
        actors,
        Secrets((*KEYS, *tokens), [Private(address, READERS) for address in ADDRESSES]),
        named=_named(world),
        objects=[
            {**world.values, **standing.values} for every in world.objects.values() for standing in every
        ],
        samples={"application/pdf": PDF},
    )


def _actors(token_for: TokenFor) -> Iterator[Actor]:
    for person in PEOPLE:
        if person.roles is not None:
            header = person.headers(token_for)["Authorization"]
            role = person.roles[0] if person.roles else "no role"
            yield Actor(person.name, role, header.removeprefix("Bearer "))
    good = token_for("operator", subject="somebody-else")
    expired = token_for("ministry_officer", subject="too-late", expires_in=-3600)
    yield from unwelcome(good, expired)


def _named(world: World) -> Mapping[str, Sequence[str]]:
    """Ids by the names under which bodies ask for them."""
    found: dict[str, list[str]] = {}
    values = [world.values, *(one.values for every in world.objects.values() for one in every)]
    for each in values:
        for name, value in each.items():
            names = ("reviewer_ids", "adviser_id") if name == "dora_id" else (name,)
            if name == "code":
                names = ("call_code",)
            for known in names:
                found.setdefault(known, []).append(value)
    return found
