"""What an operation must answer to whom, by its declared rule and the facts about person and object, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.tests.access.people import Person
from shared.auth.caller import Role, Track
from shared.auth.rules import Access, Reach, Tie, Token

ALLOWED = "allowed"


@dataclass(frozen=True)
class Standing:
    """An object as it stands: what makes ties to it. People by name; ``values``: what addresses it in requests."""

    name: str
    values: Mapping[str, str]
    organisation_id: UUID | None = None
    track: Track | None = None
    received: bool = False
    announced: bool = False
    assigned: frozenset[str] = field(default_factory=frozenset)
    adviser: str = ""
    proposer: str = ""
    maker: str = ""
    present: bool = True
    listed: str = ""
    """By this id it stands in lists."""


WITHOUT_OBJECT = Standing("-", {})


def expected(rule: Access, person: Person, standing: Standing) -> str:
    """``allowed``, or the status of the refusal."""
    if rule.token is Token.NEEDED:
        if person.roles is None:
            return "401"
        if not _admitted(rule, person):
            return "403"
    on = rule.on
    if on is None or on.reach is Reach.MANY or is_tied(rule, person, standing):
        return ALLOWED
    if on.reach is Reach.NAMED or any(_holds(tie, rule, person, standing) for tie in on.sees):
        return "403"
    return "404"


def is_tied(rule: Access, person: Person, standing: Standing) -> bool:
    """Whether the person is tied to the object in a way that lets them act on it, or see it in a list."""
    return rule.on is not None and any(_holds(tie, rule, person, standing) for tie in rule.on.acts)


def _admitted(rule: Access, person: Person) -> bool:
    if not person.is_machine:
        held = set(person.roles or ())
        if person.organisation_id is None:  # an applicant applies for an organisation, or for nobody
            held.discard(Role.APPLICANT)
        return not rule.roles or not held.isdisjoint(rule.roles)
    if rule.scope is None:
        return not rule.roles
    return bool(_tracks_of_machine(rule, person))


def _tracks_of_machine(rule: Access, person: Person) -> set[Track]:
    if rule.scope is None or not person.is_machine:
        return set()
    tracks: tuple[Track, ...] = ("planning", "demonstration")
    names = person.scope.split()
    return {track for track in tracks if rule.scope.name in names or f"{rule.scope.name}:{track}" in names}


def _holds(tie: Tie, rule: Access, person: Person, standing: Standing) -> bool:
    if not standing.present:
        return False
    human = not person.is_machine
    secretariat = human and person.has(Role.SECRETARIAT_OFFICER) and standing.track in person.tracks
    ministry = human and person.has(Role.MINISTRY_OFFICER)
    of_track = secretariat or ministry or standing.track in _tracks_of_machine(rule, person)
    own = standing.organisation_id is not None and person.organisation_id == standing.organisation_id
    own = own and human and person.has(Role.APPLICANT)
    expert = human and person.has(Role.REVIEWER)
    return {
        Tie.ANYBODY_ONCE_ANNOUNCED: standing.announced,
        Tie.HOLDER: True,  # each request of the matrix carries the link
        Tie.MAKER: person.name == standing.maker,
        Tie.ORGANISATION: own,
        Tie.ORGANISATION_ONCE_ANNOUNCED: own and standing.announced,
        Tie.TRACK: of_track,
        Tie.TRACK_ONCE_RECEIVED: of_track and standing.received,
        Tie.SECRETARIAT: secretariat,
        Tie.MINISTRY: ministry,
        Tie.OPERATORS: human and person.has(Role.OPERATOR),
        Tie.ASSIGNED: expert and person.name in standing.assigned,
        Tie.ADVISER: expert and person.name == standing.adviser,
        Tie.PROPOSER: secretariat and person.name == standing.proposer,
    }[tie]
