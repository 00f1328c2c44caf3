"""The sample people, each with a token of the local issuer."""

from collections.abc import Iterator
from dataclasses import dataclass

from deploy.local.people import SamplePerson, sample_people
from deploy.local.rehearsal.door import Door, Person
from shared.auth.caller import Track

MINISTRY = ("sample-officer-ministry", "sample-officer-ministry-second")
"""Two of them, so that four eyes can look."""
SECRETARIAT: dict[Track, str] = {"planning": "sample-officer-kind", "demonstration": "sample-officer-kaia"}
REVIEWERS = ("sample-reviewer", "sample-reviewer-second", "sample-reviewer-third")
OPERATOR = "sample-operator"
APPLICANTS = ("sample-applicant-korea", "sample-applicant-other", "sample-applicant-abroad")
"""One of each organisation."""


@dataclass(frozen=True, slots=True)
class People:
    """Who acts, by the name of the sample person."""

    by_name: dict[str, Person]

    @classmethod
    async def arrive(cls, door: Door) -> "People":
        """Everybody gets a token."""
        return cls({one.username: await _token_for(door, one) for one in sample_people()})

    def __getitem__(self, username: str) -> Person:
        """Raises ``KeyError`` for a name that no sample person has."""
        return self.by_name[username]

    def __iter__(self) -> Iterator[tuple[str, Person]]:
        """Everybody with their name, in the order of the programme's work."""
        return iter(self.by_name.items())

    def secretariat(self, track: Track) -> Person:
        """The officer who runs a track."""
        return self.by_name[SECRETARIAT[track]]


async def _token_for(door: Door, one: SamplePerson) -> Person:
    return await door.person(one.subject, one.role, organisation_id=one.organisation_id, tracks=one.tracks)
