"""The books agree: state, audit trail and events tell the same story; documents lie where their rows say."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from deploy.chaos.checker.evidence import Evidence
from deploy.chaos.checker.verdict import Check, Looks
from shared.events.intake import ApplicationWithdrawn, CallPublished, PartnerConfirmed
from shared.events.notification import MessageBounced, MessageDelivered
from shared.events.review import EligibilityDecided, ReviewersAssigned

Differences = Iterator[tuple[str, int, int]]
"""What is compared, how many there should be, how many there are."""


def audit_agrees(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Each change of a state has its audit entry, and its event where it has one."""
    for what, wanted, found in (*_intake(evidence), *_review(evidence), *_notification(evidence)):
        looks.at_one()
        if wanted != found:
            yield f"{what}: {wanted} wanted, {found} found"


def _events(evidence: Evidence, service: str, kind: str) -> Counter[str]:
    rows = evidence.by(service, "journal", "type").get(kind, [])  # type: ignore[arg-type] # one of the four
    return Counter(row["aggregate_id"] for row in rows)


def _intake(evidence: Evidence) -> Differences:
    withdrawn = _events(evidence, "intake", ApplicationWithdrawn.type)
    confirmed = _events(evidence, "intake", PartnerConfirmed.type)
    attached = Counter(row["application_id"] for row in evidence.rows("intake", "attached"))
    detached = Counter(row["application_id"] for row in evidence.rows("intake", "detached"))
    for row in evidence.rows("intake", "application"):
        one = row["id"]
        entries = {
            name: evidence.audited("intake", f"{name}_application", one)
            for name in ("create", "change", "submit", "withdraw")
        }
        yield f"application {one}, entries of its creation", 1, entries["create"]["entries"]
        yield (
            f"application {one}, entries of its submission",
            int(row["submitted"]),
            entries["submit"]["entries"],
        )
        gone = int(row["state"] == "withdrawn")
        yield f"application {one}, entries of its withdrawal", gone, entries["withdraw"]["entries"]
        changes = entries["change"]["entries"] + attached[one] + detached[one]
        yield f"application {one}, entries of its changes", row["revision"] - 1, changes
        told = int(gone and row["submitted"])
        yield f"application {one}, events of its withdrawal", told, withdrawn[one]
        sure = int(row["confirmed"])
        entry = evidence.audited("intake", "confirm_partner", one)["entries"]
        yield f"application {one}, entries of its confirmation", sure, entry
        yield f"application {one}, events of its confirmation", sure, confirmed[one]
    published = _events(evidence, "intake", CallPublished.type)
    for row in evidence.rows("intake", "call"):
        entry = evidence.audited("intake", "announce_call", row["id"])["entries"]
        yield f"call {row['code']}, events of its announcement", entry, published[row["id"]]


def _review(evidence: Evidence) -> Differences:
    decided = _events(evidence, "review", EligibilityDecided.type)
    assigned = _events(evidence, "review", ReviewersAssigned.type)
    decisions = evidence.by("review", "eligibility_decision", "case_id")
    assignments = evidence.by("review", "assignment", "case_id")
    for row in evidence.rows("review", "review_case"):
        one = row["id"]
        entry = evidence.audited("review", "decide_eligibility", one)["entries"]
        yield f"case {one}, entries of its decision", len(decisions.get(one, ())), entry
        yield f"case {one}, events of its decision", len(decisions.get(one, ())), decided[one]
        opened = evidence.audited("review", "open_case", one)["entries"]
        yield f"case {one}, entries of its opening", 1, min(opened, 1)
        entries = evidence.audited("review", "assign_reviewers", one)["entries"]
        entries += evidence.audited("review", "declare_conflict", one)["of_conflicts"]
        yield f"case {one}, events of its assignments beyond its entries", 0, max(0, assigned[one] - entries)
        unheard = int(bool(assignments.get(one)) and not assigned[one])
        yield f"case {one}, assignments that no event tells of", 0, unheard
    for row in evidence.rows("review", "score_sheet"):
        one = row["assignment_id"]
        entries = sum(
            evidence.audited("review", action, one)["entries"]
            for action in ("write_score_sheet", "submit_score_sheet")
        )
        yield f"sheet {one}, entries of its versions", row["revision"], entries


def _notification(evidence: Evidence) -> Differences:
    for state, kind in (("delivered", MessageDelivered.type), ("bounced", MessageBounced.type)):
        told = _events(evidence, "notification", kind)
        for row in evidence.rows("notification", "message"):
            entry = evidence.audited("notification", f"message_{state}", row["id"])["entries"]
            yield f"message {row['id']}, events that it was {state}", entry, told[row["id"]]
            if row["state"] == state:
                yield f"message {row['id']}, entries that it was {state}", 1, min(entry, 1)


def documents_kept(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Every document's bytes lie in the store and have the digest that its row says."""
    if evidence.documents is None:
        return
    for row in evidence.rows("intake", "document"):
        looks.at_one()
        file = evidence.documents / "documents" / row["id"].replace("-", "")[-2:] / row["id"]
        try:
            found = hashlib.sha256(file.read_bytes()).hexdigest()
        except FileNotFoundError:
            yield f"document {row['id']} of application {row['application_id']} has no bytes"
            continue
        if found != row["sha256"]:
            yield f"document {row['id']} of application {row['application_id']} has other bytes"


CHECKS = (
    Check("audit-agrees", "each change has its audit entry and its event", audit_agrees),
    Check("documents-kept", "the bytes of every document are there", documents_kept),
)
