"""Everything that the stages of a rehearsal share: who acts, on what, and what was found so far."""

from dataclasses import dataclass, field
from typing import Any

from deploy.local.rehearsal.checks import Checks
from deploy.local.rehearsal.clock import Clock
from deploy.local.rehearsal.definition import Rehearsed
from deploy.local.rehearsal.door import Door, Person
from deploy.local.rehearsal.mailbox import Mailboxes
from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.story import Story
from deploy.local.rehearsal.screen import Screen
from deploy.local.rehearsal.timetable import Round, Timetable
from shared.auth.caller import Role, Track
from shared.events.call_definition import TrackDefinition

TRACKS: tuple[Track, ...] = ("demonstration", "planning")
REVIEWERS = 9


@dataclass(slots=True)
class Entry:
    """An applicant's way through the call. ``receipt``: its body, None while nothing was received."""

    applicant: Applicant
    person: Person
    application_id: str = ""
    etag: str = ""
    submission_key: str = ""
    receipt: dict[str, Any] | None = None
    withdrawn: bool = False
    refusals: list[str] = field(default_factory=list)
    case_id: str = ""
    eligible: bool | None = None
    partner_confirmed: bool = False
    revised_amount_krw: int | None = None
    sheets: list[dict[str, int]] = field(default_factory=list)

    @property
    def requested_amount_krw(self) -> int:
        """What it asks for, in won; pre-consulting may have changed it."""
        return self.revised_amount_krw or int(self.applicant.project["requested_amount_krw"])

    @property
    def receipt_no(self) -> str:
        """Its receipt number. Raises ``LookupError`` when nothing was received."""
        if self.receipt is None:
            raise LookupError(f"application {self.applicant.number} has no receipt")
        return str(self.receipt["receipt_no"])

    @property
    def state(self) -> str:
        """Where the application has to stand in intake."""
        if self.withdrawn:
            return "withdrawn"
        return "draft" if self.receipt is None else "submitted"


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of the programme. A ministry has two officers, so that four eyes can look."""

    ministry: tuple[Person, Person]
    secretariat: dict[Track, Person]
    operator: Person
    reviewers: tuple[Person, ...]
    adviser: Person

    @classmethod
    async def arrive(cls, door: Door) -> "Staff":
        """Everybody gets a token."""
        officer = Role.SECRETARIAT_OFFICER
        return cls(
            ministry=(
                await door.person("rehearsal-ministry-1", Role.MINISTRY_OFFICER),
                await door.person("rehearsal-ministry-2", Role.MINISTRY_OFFICER),
            ),
            secretariat={
                track: await door.person(f"rehearsal-secretariat-{track}", officer, tracks=(track,))
                for track in TRACKS
            },
            operator=await door.person("rehearsal-operator", Role.OPERATOR),
            reviewers=tuple(
                [await door.person(f"rehearsal-reviewer-{n}", Role.REVIEWER) for n in range(1, REVIEWERS + 1)]
            ),
            adviser=await door.person("rehearsal-adviser", Role.REVIEWER),
        )


@dataclass(slots=True)
class Play:
    """One rehearsal. ``tally`` keeps what the report shows beside the checks."""

    door: Door
    staff: Staff
    rehearsed: Rehearsed
    timetable: Timetable
    cast: tuple[Applicant, ...]
    clock: Clock
    checks: Checks
    screen: Screen
    mailboxes: Mailboxes | None
    call_id: str = ""
    entries: dict[int, Entry] = field(default_factory=dict)
    reviewer_ids: dict[str, Person] = field(default_factory=dict)
    adviser_id: str = ""
    rankings: dict[Track, list[dict[str, Any]]] = field(default_factory=dict)
    selections: dict[Track, str] = field(default_factory=dict)
    tally: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of the rehearsed call."""
        return self.rehearsed.call.code

    def definition(self, track: Track) -> TrackDefinition:
        """What the call says about ``track``. Raises ``LookupError``."""
        found = self.rehearsed.call.track(track)
        if found is None:
            raise LookupError(f"the call has no {track} track")
        return found

    def round(self, track: Track) -> Round:
        """The instants of ``track``."""
        return self.timetable.demonstration if track == "demonstration" else self.timetable.planning

    def actors(self, track: Track, *stories: Story) -> list[Applicant]:
        """The applicants of ``track`` with one of ``stories``; with all stories when none is named."""
        return [one for one in self.cast if one.track == track and (not stories or one.story in stories)]

    def entered(self, track: Track, *stories: Story) -> list[Entry]:
        """The same, as entries: those who have begun an application."""
        return [
            self.entries[one.number] for one in self.actors(track, *stories) if one.number in self.entries
        ]

    def received(self, track: Track) -> list[Entry]:
        """Those of ``track`` with a receipt, also when withdrawn later."""
        return [entry for entry in self.entered(track) if entry.receipt is not None]
