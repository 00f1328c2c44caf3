"""The sample people of one machine, out of ``sample-people.json``: one of every role, and some who must not meet."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.auth.caller import Role, Track

FILE = Path(__file__).with_name("sample-people.json")


class Named(BaseModel):
    """Words in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    ko: str


class SamplePerson(BaseModel):
    """Somebody made up. ``subject``: what tokens call them, here and in Keycloak's realm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: str
    subject: str
    role: Role
    name: Named
    about: Named
    organisation_id: UUID | None
    tracks: tuple[Track, ...]


class _Samples(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    organisations: Mapping[UUID, Named]
    people: tuple[SamplePerson, ...]


@cache
def _samples() -> _Samples:
    return _Samples.model_validate(json.loads(FILE.read_text(encoding="utf-8")))


def sample_people() -> tuple[SamplePerson, ...]:
    """Everybody, by role in the order of the programme's work."""
    return _samples().people


def organisation_name(person: SamplePerson) -> Named | None:
    """The name of an applicant's organisation."""
    return None if person.organisation_id is None else _samples().organisations[person.organisation_id]


def sample_person(username: str) -> SamplePerson:
    """One of them. Raises ``LookupError``."""
    for person in sample_people():
        if person.username == username:
            return person
    raise LookupError(f"there is no sample person {username}")
