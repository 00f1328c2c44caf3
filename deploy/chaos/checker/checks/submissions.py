"""A submission: received once, with one receipt, one event, one case, and one mail for each contact concerned."""

from collections import Counter
from collections.abc import Iterator
from itertools import product
from uuid import UUID

from deploy.chaos.checker.evidence import Evidence, Row
from deploy.chaos.checker.verdict import Check, Looks
from deploy.chaos.history.records import Operation, Outcome
from services.notification.domain.message import Cause, Template
from shared.events.intake import ApplicationSubmitted
from shared.ids import ApplicationId, ContactId, EventId
from shared.signing import SignatureInvalid, verify

MAILS_IN_FLIGHT = 4
"""Mails that a killed worker may have sent and not marked. Source: notification, ``smtp_connections``."""
SENT = frozenset({"delivered"})
SETTLED = SENT | {"bounced", "held"}


def exactly_once(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """An application is submitted exactly when there is one row of its submission; an acknowledged one is."""
    submissions = evidence.by("intake", "submission", "application_id")
    for application in evidence.rows("intake", "application"):
        looks.at_one()
        rows = len(submissions.get(application["id"], ()))
        if rows != int(application["submitted"]):
            said = "submitted" if application["submitted"] else "not submitted"
            yield f"application {application['id']} is {said} and has {rows} submissions"
    for act in evidence.history.of(Operation.SUBMIT_APPLICATION):
        if act.outcome is Outcome.ACKNOWLEDGED:
            looks.at_one()
            found = evidence.one("intake", "application", "id", act.ids["application_id"])
            if found is None or not found["submitted"]:
                yield f"{act.name} was acknowledged, and application {act.ids['application_id']} is not submitted"


def as_answered(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Number, content and signature are what the applicant was told, wherever they stand; numbers are unique."""
    for act in evidence.history.of(Operation.SUBMIT_APPLICATION, Operation.READ_RECEIPT):
        row = evidence.one("intake", "submission", "application_id", act.ids["application_id"])
        for answer in act.answers:
            looks.at_one()
            yield from _wrong_receipt(evidence, act.name, answer["receipt"], row)
    numbers = Counter(row["receipt_no"] for row in evidence.rows("intake", "submission"))
    yield from (
        f"receipt number {number} was given {count} times" for number, count in numbers.items() if count > 1
    )
    for row in evidence.rows("intake", "submission"):
        looks.at_one()
        if row["receipt"]["receipt_no"] != row["receipt_no"]:
            yield f"application {row['application_id']}: its receipt and its row name different numbers"


def _wrong_receipt(evidence: Evidence, name: str, told: dict[str, object], row: Row | None) -> Iterator[str]:
    told = dict(told)
    try:
        signed = verify(str(told.pop("signature", "")), evidence.receipt_keys)
    except SignatureInvalid:
        yield f"{name}: the signature of the receipt is not intake's"
        return
    if signed != told:
        yield f"{name}: the receipt says something else than its signature"
    if row is not None and row["receipt"] != signed:
        yield f"{name}: intake keeps another receipt than it gave ({signed['receipt_no']})"


def one_event(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Each submission is told by one ApplicationSubmitted with the facts of its receipt; nothing else is."""
    told = _submitted_events(evidence)
    submissions = evidence.by("intake", "submission", "application_id")
    for application in evidence.rows("intake", "application"):
        looks.at_one()
        events = told.get(application["id"], [])
        if len(events) != int(application["submitted"]):
            yield f"application {application['id']}: {len(events)} events tell of its submission"
            continue
        for row, event in product(submissions.get(application["id"], ()), events):
            stored = {name: row["receipt"][name] for name in ("revision", "digest", "receipt_no")}
            if {name: event["facts"][name] for name in stored} != stored:
                yield f"application {application['id']}: event and receipt tell different things"
    known = evidence.by("intake", "application", "id")
    yield from (f"an event tells of the unknown application {one}" for one in told if one not in known)


def one_case(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Each submission has one case in review, closed when the application was taken back; there are no others."""
    cases = evidence.by("review", "review_case", "application_id")
    submitted = {row["id"] for row in evidence.rows("intake", "application") if row["submitted"]}
    for application in evidence.rows("intake", "application"):
        looks.at_one()
        found = cases.get(application["id"], [])
        if len(found) != int(application["id"] in submitted):
            yield f"application {application['id']} has {len(found)} cases"
        for case in found:
            withdrawn = application["state"] == "withdrawn"
            if withdrawn != (case["state"] == "withdrawn"):
                yield f"application {application['id']} is {application['state']}, its case {case['state']}"
    known = evidence.by("intake", "application", "id")
    yield from (f"there is a case of the unknown application {one}" for one in cases if one not in known)


def receipt_mails(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """One mail for each contact concerned; a repeat has the same Message-ID, and kills explain how many there are."""
    messages = evidence.by("notification", "message", "cause_event_id")
    for events in _submitted_events(evidence).values():
        for event in events:
            looks.at_one()
            yield from _wrong_messages(event, messages.get(event["event_id"], []))
    copies = Counter(mail.message_id for mail in evidence.mails)
    known: set[str] = set()
    for message in evidence.rows("notification", "message"):
        looks.at_one()
        message_id = _message_id(message, evidence.mail_domain)
        known.add(message_id)
        if message["state"] in SENT and not copies[message_id]:
            yield f"message {message['id']} ({message['template']}) is {message['state']}, and nobody got the mail"
        if message["state"] not in SETTLED:
            yield f"message {message['id']} ({message['template']}) is {message['state']}"
    for mail in evidence.mails:
        if mail.message_id not in known:
            yield f"{mail.file} has a Message-ID that belongs to no message"
    yield from _too_many_repeats(evidence, copies)
    yield from _wrong_recipients(evidence)


def _too_many_repeats(evidence: Evidence, copies: Counter[str]) -> Iterator[str]:
    repeats = sum(count - 1 for count in copies.values())
    most = evidence.kills * MAILS_IN_FLIGHT
    if repeats > most:
        yield f"{repeats} mails were sent again, {evidence.kills} kills explain at most {most}"


def _wrong_recipients(evidence: Evidence) -> Iterator[str]:
    """A mail goes to the one contact that its message names, as far as that is still known."""
    contacts = evidence.by("notification", "contact", "id")
    wanted: dict[str, str] = {}
    for message in evidence.rows("notification", "message"):
        for contact in contacts.get(message["contact_id"], ()):
            wanted[_message_id(message, evidence.mail_domain)] = contact["email"]
    for mail in evidence.mails:
        if mail.message_id in wanted and mail.recipients != {wanted[mail.message_id]}:
            yield f"{mail.file} went to somebody else than its message says"


def _wrong_messages(event: Row, messages: list[Row]) -> Iterator[str]:
    facts = event["facts"]
    wanted = Counter({(Template.RECEIPT.value, facts["contact_id"]): 1})
    if facts["partner_contact_id"]:
        wanted[Template.PARTNER_CONFIRMATION_REQUEST.value, facts["partner_contact_id"]] += 1
    found = Counter((one["template"], one["contact_id"]) for one in messages)
    for missing in wanted - found:
        yield f"application {event['aggregate_id']}: no message {missing[0]} for contact {missing[1]}"
    for needless, count in (found - wanted).items():
        yield f"application {event['aggregate_id']}: {count} messages {needless[0]} too many"


def _message_id(message: Row, domain: str) -> str:
    cause = Cause(
        EventId(UUID(message["cause_event_id"])),
        ContactId(UUID(message["contact_id"])),
        Template(message["template"]),
        ApplicationId(UUID(message["application_id"])),
    )
    return cause.message_id(domain)


def _submitted_events(evidence: Evidence) -> dict[str, list[Row]]:
    events = evidence.by("intake", "journal", "type").get(ApplicationSubmitted.type, [])
    found: dict[str, list[Row]] = {}
    for event in events:
        found.setdefault(event["aggregate_id"], []).append(event)
    return found


CHECKS = (
    Check("submission-exactly-once", "an acknowledged submission is there, each one once", exactly_once),
    Check(
        "receipt-as-answered",
        "receipts are what applicants were told, signed, with unique numbers",
        as_answered,
    ),
    Check(
        "event-of-submission", "one ApplicationSubmitted tells of each submission, with its facts", one_event
    ),
    Check("case-exactly-once", "each submission has one case in review", one_case),
    Check("mail-once", "each message became one mail, or repeats of it that kills explain", receipt_mails),
)
