"""Acts and their effects: what was acknowledged is kept, what was refused did nothing, the unknown is whole or absent.

An act's effect is read from the state itself; whether the act did it, from the answer kept under its key.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from deploy.chaos.checker.evidence import Evidence
from deploy.chaos.checker.verdict import Check, Looks
from deploy.chaos.history.reading import Act
from deploy.chaos.history.records import Operation, Outcome

Op = Operation
Effect = Callable[[Evidence, Act, str | None], bool]
"""Whether the state that an act asks for is there; the text: what its kept answer refers to, None without one."""
IDENTITY = ("application_id", "document_id", "sha256", "receipt", "id", "call_id", "case_id")
"""What two answers to one act must agree on; the rest may have moved on between them."""


def _created(evidence: Evidence, act: Act, reference: str | None) -> bool:
    made = reference or act.answer.get("application_id")
    found = evidence.one("intake", "application", "id", made)
    return found is not None and found["organisation_id"] == act.ids["organisation_id"]


def _attached(evidence: Evidence, act: Act, reference: str | None) -> bool:
    made = reference or act.answer.get("document_id")
    found = evidence.one("intake", "attached", "document_id", made)
    return found is not None and found["application_id"] == act.ids["application_id"]


def _submitted(evidence: Evidence, act: Act, _: str | None) -> bool:
    found = evidence.one("intake", "application", "id", act.ids["application_id"])
    return found is not None and bool(found["submitted"])


def _withdrawn(evidence: Evidence, act: Act, _: str | None) -> bool:
    found = evidence.one("intake", "application", "id", act.ids["application_id"])
    return found is not None and found["state"] == "withdrawn"


def _confirmed(evidence: Evidence, act: Act, _: str | None) -> bool:
    found = evidence.one("intake", "application", "id", act.ids["application_id"])
    return found is not None and bool(found["confirmed"])


def _published(evidence: Evidence, act: Act, _: str | None) -> bool:
    return evidence.one("intake", "call", "code", act.asked["code"]) is not None


def _registered(evidence: Evidence, act: Act, reference: str | None) -> bool:
    return evidence.one("review", "reviewer", "id", reference or act.answer.get("id")) is not None


def _panelled(evidence: Evidence, act: Act, reference: str | None) -> bool:
    return evidence.one("review", "panel", "id", reference or act.answer.get("id")) is not None


def _decided(evidence: Evidence, act: Act, _: str | None) -> bool:
    found = evidence.one("review", "eligibility_decision", "case_id", act.ids["case_id"])
    return found is not None and found["eligible"] == act.asked["eligible"]


def _assigned(evidence: Evidence, act: Act, _: str | None) -> bool:
    found = evidence.by("review", "assignment", "case_id").get(act.ids["case_id"], [])
    return set(act.asked["reviewer_ids"]) <= {row["reviewer_id"] for row in found}


def _declared(evidence: Evidence, act: Act, _: str | None) -> bool:
    key = (act.ids["case_id"], act.ids["reviewer_id"])
    found = evidence.by("review", "declaration", "case_id", "reviewer_id").get(key, [])
    return any(row["has_conflict"] == act.asked["has_conflict"] for row in found)


def _sheet_submitted(evidence: Evidence, act: Act, _: str | None) -> bool:
    found = evidence.one("review", "score_sheet", "assignment_id", act.ids["assignment_id"])
    return found is not None and bool(found["submitted"])


EFFECTS: Mapping[Operation, Effect] = {
    Op.PUBLISH_CALL: _published,
    Op.CREATE_APPLICATION: _created,
    Op.ATTACH_DOCUMENT: _attached,
    Op.SUBMIT_APPLICATION: _submitted,
    Op.WITHDRAW_APPLICATION: _withdrawn,
    Op.CONFIRM_PARTNER: _confirmed,
    Op.REGISTER_REVIEWER: _registered,
    Op.CREATE_PANEL: _panelled,
    Op.DECIDE_ELIGIBILITY: _decided,
    Op.ASSIGN_REVIEWERS: _assigned,
    Op.DECLARE_CONFLICT: _declared,
    Op.SUBMIT_SHEET: _sheet_submitted,
}
KEEPS_NO_ANSWER = frozenset({Op.DECLARE_CONFLICT, Op.CONFIRM_PARTNER})
"""Repeatable by nature: the state itself says that it was done."""
JUDGED_ELSEWHERE = frozenset({Op.SUBMIT_APPLICATION})
"""``submission-exactly-once`` looks at acknowledged submissions."""


def acknowledged_kept(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """What a client was told to be done is done, for good."""
    for operation, effect in EFFECTS.items():
        for act in evidence.history.of(operation):
            if act.outcome is not Outcome.ACKNOWLEDGED or operation in JUDGED_ELSEWHERE:
                continue
            looks.at_one()
            if not effect(evidence, act, None):
                yield f"{act.name} was acknowledged ({act.answer.get('application_id') or act.ids}) and is not there"


def unknown_whole(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """An act whose outcome nobody knows is wholly there, kept answer and all, or not at all; so is a known one."""
    for operation, effect in EFFECTS.items():
        if operation in KEEPS_NO_ANSWER:
            continue
        for act in evidence.history.of(operation):
            if act.outcome is Outcome.REFUSED:
                continue
            looks.at_one()
            yield from _half_done(evidence, act, effect)


def _half_done(evidence: Evidence, act: Act, effect: Effect) -> Iterator[str]:
    kept = evidence.kept_answer(act)
    there = effect(evidence, act, None if kept is None else kept["reference"])
    if act.outcome is Outcome.ACKNOWLEDGED:
        if kept is None and there:  # what is not there at all is for `acknowledged-kept`
            yield f"{act.name} was done and acknowledged, and no answer is kept under its key"
    elif kept is not None and not there:
        yield f"{act.name} is half there: an answer is kept ({kept['reference']}), its effect is missing"
    elif kept is None and there and not _others_did_it(evidence, act):
        yield f"{act.name} is half there: its effect is ({act.ids}), no answer is kept under its key"


def _others_did_it(evidence: Evidence, act: Act) -> bool:
    """Whether another act on the same object has its answer kept: rivals that were not to be told apart."""
    rivals = (one for one in evidence.history.of(act.operation) if one.ids == act.ids and one is not act)
    return any(
        rival.outcome is not Outcome.REFUSED and evidence.kept_answer(rival) is not None for rival in rivals
    )


def refused_without_effect(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """A refused act left nothing; and whatever stands in the state was asked for by an act that was not refused."""
    for act in evidence.history.of(*EFFECTS):
        if act.outcome is Outcome.REFUSED and act.key is not None and not act.asked.get("key_used_before"):
            looks.at_one()
            if evidence.kept_answer(act) is not None:
                yield f"{act.name} was refused ({act.attempts[-1].problem}), and an answer is kept under its key"
    for what, row_id, operation, ids in _effects_of_loads(evidence):
        looks.at_one()
        if not _somebody_asked(evidence, operation, ids):
            yield f"{what} {row_id}: nobody who was not refused asked for it"


def _effects_of_loads(evidence: Evidence) -> Iterator[tuple[str, str, Operation, dict[str, Any]]]:
    """What the loads' acts may have done: the effect, on what, by which operation, asked with which ids."""
    organisations = evidence.history.organisation_ids
    own = {
        row["id"] for row in evidence.rows("intake", "application") if row["organisation_id"] in organisations
    }
    for row in evidence.rows("intake", "application"):
        if row["id"] not in own:
            continue
        ids = {"application_id": row["id"]}
        if row["submitted"]:
            yield "the submission of", row["id"], Op.SUBMIT_APPLICATION, ids
        if row["state"] == "withdrawn":
            yield "the withdrawal of", row["id"], Op.WITHDRAW_APPLICATION, ids
        if row["confirmed"]:
            yield "the partner's confirmation of", row["id"], Op.CONFIRM_PARTNER, ids
    for row in evidence.rows("intake", "document"):
        if row["application_id"] in own:
            ids = {"application_id": row["application_id"], "file_name": row["file_name"]}
            yield "document", row["id"], Op.ATTACH_DOCUMENT, ids
    yield from _review_effects(evidence, own)


def _review_effects(
    evidence: Evidence, own: set[str]
) -> Iterator[tuple[str, str, Operation, dict[str, Any]]]:
    cases = {row["id"] for row in evidence.rows("review", "review_case") if row["application_id"] in own}
    for row in evidence.rows("review", "eligibility_decision"):
        if row["case_id"] in cases:
            ids = {"case_id": row["case_id"], "eligible": row["eligible"]}
            yield "the decision on case", row["case_id"], Op.DECIDE_ELIGIBILITY, ids
    assignments = {row["id"]: row for row in evidence.rows("review", "assignment") if row["case_id"] in cases}
    for row in assignments.values():
        ids = {"case_id": row["case_id"], "reviewer_ids": row["reviewer_id"]}
        yield "assignment", row["id"], Op.ASSIGN_REVIEWERS, ids
    for row in evidence.rows("review", "declaration"):
        if row["case_id"] in cases:
            ids = {"case_id": row["case_id"], "reviewer_id": row["reviewer_id"]}
            yield "the declaration on case", row["case_id"], Op.DECLARE_CONFLICT, ids
    for row in evidence.rows("review", "score_sheet"):
        if row["assignment_id"] in assignments and row["submitted"]:
            ids = {"assignment_id": row["assignment_id"]}
            yield "the submission of sheet", row["assignment_id"], Op.SUBMIT_SHEET, ids


def _somebody_asked(evidence: Evidence, operation: Operation, ids: Mapping[str, Any]) -> bool:
    name = f"asked/{operation.value}/{'/'.join(ids)}"
    if name not in evidence.indexes:
        evidence.indexes[name] = {
            asked
            for act in evidence.history.of(operation)
            if act.outcome is not Outcome.REFUSED
            for asked in product(*(_each((act.ids | act.asked).get(one)) for one in ids))
        }
    return tuple(ids.values()) in evidence.indexes[name]


def _each(value: Any) -> list[Any]:
    """What was asked for together counts one by one."""
    return value if isinstance(value, list) else [value]


def twins_agree(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Repeats and twins of one act are told the same; a key used before for something else is refused."""
    for act in evidence.history.acts:
        if act.key is None:
            continue
        if act.asked.get("key_used_before"):
            looks.at_one()
            if act.outcome is Outcome.ACKNOWLEDGED:
                yield f"{act.name} had the key of another act and was acknowledged"
        if len(act.answers) > 1:
            looks.at_one()
            told = [{name: answer[name] for name in IDENTITY if name in answer} for answer in act.answers]
            if any(one != told[0] for one in told):
                yield f"{act.name} was told different things: {told}"


CHECKS = (
    Check("acknowledged-kept", "what was acknowledged is there", acknowledged_kept),
    Check("unknown-whole", "what nobody knows of is wholly there or not at all", unknown_whole),
    Check("refused-without-effect", "what was refused did nothing", refused_without_effect),
    Check("twins-agree", "repeats and twins of one act are told the same", twins_agree),
)
