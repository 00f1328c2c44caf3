"""The calendar file of an invitation (RFC 5545, RFC 5546 PUBLISH): one event of whole days in Seoul."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress

FILE_NAME = "invitation.ics"
METHOD = "PUBLISH"
TIME_ZONE = "Asia/Seoul"


@dataclass(frozen=True, slots=True)
class OccasionDays:
    """An occasion of whole days in Seoul, ``ends_on`` included, as one invitation tells it."""

    invitation_id: UUID
    name: str
    place: str
    description: str
    starts_on: date
    ends_on: date
    issued_at: datetime


def write_calendar(days: OccasionDays, *, organiser: str) -> str:
    """The file; equal for equal input. Its UID is the invitation's, so that a second copy replaces the first.

    A calendar's DTEND of whole days is the day after the last one (RFC 5545, 3.6.1).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//K-City Network//notification//EN")
    calendar.add("version", "2.0")
    calendar.add("method", METHOD)
    calendar.add("x-wr-timezone", TIME_ZONE)
    event = Event()
    event.add("uid", f"{days.invitation_id}@{organiser.rpartition('@')[2]}")
    event.add("dtstamp", days.issued_at)
    event.add("dtstart", days.starts_on)
    event.add("dtend", days.ends_on + timedelta(days=1))
    event.add("summary", days.name)
    event.add("location", days.place)
    event.add("description", days.description)
    event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    event.add("status", "CONFIRMED")
    event.add("sequence", 0)
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
    return str(calendar.to_ical().decode())
