"""Seeded faults: each breaks exactly one promise on a bench, and names the check that has to see it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.history.records import Operation, Outcome
from deploy.chaos.load.call import EDITS
from shared.bus.records import Incoming, read_envelope
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CONTACT, NOTIFICATION_MESSAGE

Break = Callable[[Bench], None]
Op = Operation


@dataclass(frozen=True, slots=True)
class Seed:
    """A fault, and the check that sees it; None for what has to be taken as harmless."""

    check: str | None
    breaks: Break

    @property
    def name(self) -> str:
        """What is broken."""
        return self.breaks.__name__


SEEDS: list[Seed] = []


def seed(check: str | None) -> Callable[[Break], Break]:
    """Enter the decorated fault."""

    def enter(breaks: Break) -> Break:
        SEEDS.append(Seed(check, breaks))
        return breaks

    return enter


# --- rest, journal, topics


@seed("at-rest")
def an_event_waits_in_the_outbox(bench: Bench) -> None:
    bench.sql("intake", "INSERT INTO outbox (journal_id) SELECT max(id) FROM journal")


@seed("at-rest")
def a_worker_never_came_to_rest(bench: Bench) -> None:
    bench.restless.append("the worker of review lags by 3")


@seed("journal-dense")
def the_journal_has_a_gap(bench: Bench) -> None:
    bench.sql(
        "notification",
        "UPDATE journal SET sequence = sequence + 1 WHERE id = (SELECT max(id) FROM journal WHERE topic = %s)",
        NOTIFICATION_MESSAGE,
    )


@seed("topic-is-journal")
def an_event_is_not_on_the_topic(bench: Bench) -> None:
    bench.records.remove(_record(bench, INTAKE_APPLICATION))


@seed("topic-is-journal")
def two_events_of_an_aggregate_are_swapped(bench: Bench) -> None:
    second = next(
        one for one in bench.records if one.topic == INTAKE_APPLICATION and read_envelope(one).sequence > 1
    )
    first = next(one for one in bench.records if one.key == second.key and one.topic == second.topic)
    places = bench.records.index(first), bench.records.index(second)
    bench.records[places[0]], bench.records[places[1]] = second, first


@seed("topic-is-journal")
def an_event_is_repeated_with_another_body(bench: Bench) -> None:
    record = _record(bench, INTAKE_APPLICATION)
    bench.records.append(replace(record, value=(record.value or b"") + b" "))


@seed("topic-is-journal")
def an_event_is_repeated_with_another_id(bench: Bench) -> None:
    record = _record(bench, INTAKE_APPLICATION)
    bench.records.append(_with_header(record, "ce_id", str(uuid4())))


@seed("topic-is-journal")
def a_repeat_is_on_another_partition(bench: Bench) -> None:
    record = _record(bench, INTAKE_APPLICATION)
    bench.records.append(replace(record, partition=(record.partition + 1) % 12))


@seed("topic-is-journal")
def the_topic_has_an_event_that_no_journal_knows(bench: Bench) -> None:
    foreign, record = str(uuid4()), _record(bench, INTAKE_APPLICATION)
    bench.records.append(_with_header(replace(record, key=foreign.encode()), "ce_subject", foreign))


@seed("topic-is-journal")
def the_newest_state_of_a_contact_is_missing(bench: Bench) -> None:
    bench.records.remove(_record(bench, INTAKE_CONTACT, newest=True))


@seed("topic-is-journal")
def an_erased_contact_is_still_on_its_topic(bench: Bench) -> None:
    record = _record(bench, INTAKE_CONTACT, newest=True)
    bench.sql("intake", "DELETE FROM contact WHERE id::text = %s", (record.key or b"").decode())


@seed(None)
def events_are_repeated_exactly_and_out_of_turn(bench: Bench) -> None:
    repeated = [one for one in bench.records if one.topic == INTAKE_APPLICATION]
    bench.records.extend(reversed(repeated))


@seed("watermarks-at-the-end")
def a_consumer_has_not_applied_an_event(bench: Bench) -> None:
    bench.sql(
        "review",
        "UPDATE watermark SET sequence = sequence - 1 WHERE aggregate_id = "
        "(SELECT aggregate_id FROM watermark WHERE topic = %s LIMIT 1)",
        INTAKE_APPLICATION,
    )


@seed("nothing-held")
def an_event_is_parked(bench: Bench) -> None:
    bench.sql(
        "review",
        "INSERT INTO held_event (consumer, topic, aggregate_id, sequence, event_id, type, source, occurred_at, "
        "reason, parked_at) VALUES ('review', %s, uuidv7(), 1, uuidv7(), 'x', 'x', now(), 'poisoned', now())",
        INTAKE_APPLICATION,
    )


@seed("nothing-held")
def a_record_was_set_aside(bench: Bench) -> None:
    bench.sql(
        "catalog",
        "INSERT INTO dead_letter (consumer, topic, partition, kafka_offset, headers, reason) "
        "VALUES ('catalog', %s, 0, 0, '{}', 'no event')",
        INTAKE_APPLICATION,
    )


@seed("nothing-held")
def a_topic_holds_something_that_is_no_event(bench: Bench) -> None:
    bench.records.append(Incoming(INTAKE_APPLICATION, 0, 9_999, b"x", b"{}", []))


# --- confidentiality


@seed("confidential")
def an_event_tells_an_address(bench: Bench) -> None:
    _tell_more(bench, INTAKE_APPLICATION, {"note": "ask somebody@somewhere.example.org"})


@seed("confidential")
def an_event_tells_a_name(bench: Bench) -> None:
    name = bench.ask("intake", "SELECT name FROM contact LIMIT 1")[0]["name"]
    _tell_more(bench, INTAKE_APPLICATION, {"told": {"whom": name}})


@seed("confidential")
def an_event_tells_points(bench: Bench) -> None:
    _tell_more(bench, "review.case.v1", {"scores": [{"points": 71}]})


@seed("confidential")
def an_event_tells_what_a_reviewer_wrote(bench: Bench) -> None:
    row = bench.ask("review", "SELECT scores -> 0 ->> 'comment' AS comment FROM score_sheet LIMIT 1")[0]
    _tell_more(bench, "review.case.v1", {"note": row["comment"]})


@seed("confidential")
def a_selection_is_told_before_it_is_announced(bench: Bench) -> None:
    bench.sql("review", "UPDATE selection SET state = 'approved' WHERE state = 'announced'")


# --- submissions


@seed("submission-exactly-once")
def an_acknowledged_submission_is_gone(bench: Bench) -> None:
    bench.sql("intake", "DELETE FROM submission WHERE application_id::text = %s", _submitted(bench))


@seed("submission-exactly-once")
def a_draft_has_a_submission(bench: Bench) -> None:
    bench.sql(
        "intake",
        "INSERT INTO submission (application_id, receipt_no, arrived_at, receipt) "
        "SELECT a.id, 'KCN-2026-P-0000-0000', s.arrived_at, json_build_object('receipt_no', 'KCN-2026-P-0000-0000') "
        "FROM submission s, application a WHERE a.submitted_at IS NULL LIMIT 1",
    )


@seed("receipt-as-answered")
def a_receipt_number_is_another(bench: Bench) -> None:
    bench.sql(
        "intake",
        "UPDATE submission SET receipt_no = 'KCN-2026-P-0000-0000' WHERE application_id::text = %s",
        _submitted(bench),
    )


@seed("receipt-as-answered")
def a_kept_receipt_says_another_hour(bench: Bench) -> None:
    bench.sql(
        "intake",
        'UPDATE submission SET receipt = (receipt::jsonb || \'{"arrived_at": "2020-01-01T00:00:00Z"}\')::json '
        "WHERE application_id::text = %s",
        _submitted(bench),
    )


@seed("receipt-as-answered")
def a_receipt_was_signed_by_somebody_else(bench: Bench) -> None:
    act = bench.act(Op.SUBMIT_APPLICATION)
    head, body, signature = act.answer["receipt"]["signature"].split(".")
    forged = ("B" if signature[0] == "A" else "A") + signature[1:]
    bench.tell_differently(act, receipt={**act.answer["receipt"], "signature": f"{head}.{body}.{forged}"})


@seed("event-of-submission")
def no_event_tells_of_a_submission(bench: Bench) -> None:
    row = bench.ask(
        "intake",
        "SELECT aggregate_id::text AS id FROM journal WHERE topic = %s GROUP BY 1 HAVING count(*) = 1 LIMIT 1",
        INTAKE_APPLICATION,
    )[0]
    bench.sql("intake", "DELETE FROM journal WHERE aggregate_id::text = %s", row["id"])
    for consumer in ("review", "notification"):
        bench.sql(consumer, "DELETE FROM watermark WHERE aggregate_id::text = %s", row["id"])
    bench.records = [one for one in bench.records if one.key != row["id"].encode()]


@seed("event-of-submission")
def event_and_receipt_tell_different_digests(bench: Bench) -> None:
    submitted = next(one for one in bench.records if _is_submission(one))
    _tell_more(bench, INTAKE_APPLICATION, {"digest": "0" * 64}, submitted)


@seed("case-exactly-once")
def a_case_is_missing(bench: Bench) -> None:
    bench.sql(
        "review",
        "DELETE FROM review_case WHERE id = (SELECT c.id FROM review_case c WHERE NOT EXISTS "
        "(SELECT FROM eligibility_decision d WHERE d.case_id = c.id) LIMIT 1)",
    )


@seed("case-exactly-once")
def the_case_of_a_withdrawn_application_is_open(bench: Bench) -> None:
    bench.sql(
        "review",
        "UPDATE review_case SET state = 'open' WHERE id = "
        "(SELECT id FROM review_case WHERE state = 'withdrawn' LIMIT 1)",
    )


@seed("mail-once")
def a_mail_did_not_arrive(bench: Bench) -> None:
    bench.mails.pop()


@seed("mail-once")
def a_mail_came_again_under_another_message_id(bench: Bench) -> None:
    bench.mails.append(replace(bench.mails[-1], message_id=f"<{uuid4()}@{bench.system.mail_domain}>"))


@seed("mail-once")
def a_mail_came_again_and_nothing_was_killed(bench: Bench) -> None:
    bench.mails.append(bench.mails[-1])


@seed(None)
def a_mail_came_again_after_a_kill(bench: Bench) -> None:
    bench.kills = 1
    bench.mails.append(bench.mails[-1])


@seed("mail-once")
def a_mail_went_to_somebody_else(bench: Bench) -> None:
    bench.mails[-1] = replace(bench.mails[-1], recipients=frozenset({"stranger@example.org"}))


@seed("mail-once")
def a_contact_was_never_to_be_told(bench: Bench) -> None:
    row = bench.sql(
        "notification",
        "DELETE FROM message WHERE id = (SELECT id FROM message WHERE template = 'receipt' LIMIT 1) "
        "RETURNING cause_event_id",
    )
    assert row


@seed("mail-once")
def a_mail_is_never_sent(bench: Bench) -> None:
    bench.sql(
        "notification",
        "UPDATE message SET state = 'queued', next_attempt_at = now() WHERE id = (SELECT id FROM message WHERE state = 'delivered' LIMIT 1)",
    )


# --- acts


@seed("acknowledged-kept")
def an_acknowledged_declaration_is_gone(bench: Bench) -> None:
    act = bench.act(Op.DECLARE_CONFLICT)
    bench.sql(
        "review",
        "DELETE FROM conflict_declaration WHERE case_id::text = %s AND reviewer_id::text = %s",
        act.ids["case_id"],
        act.ids["reviewer_id"],
    )


@seed("acknowledged-kept")
def an_acknowledged_panel_is_gone(bench: Bench) -> None:
    bench.sql("review", "DELETE FROM panel WHERE id::text = %s", bench.act(Op.CREATE_PANEL).answer["id"])


@seed("unknown-whole")
def an_unknown_withdrawal_is_half_there(bench: Bench) -> None:
    act = bench.act(Op.WITHDRAW_APPLICATION)
    bench.tell_differently(act, outcome=Outcome.UNKNOWN)
    bench.sql("intake", "DELETE FROM idempotency_key WHERE key = %s", act.key)


@seed("unknown-whole")
def an_unknown_creation_left_only_its_answer(bench: Bench) -> None:
    asked = {
        act.ids.get("application_id") for act in bench.history.acts if act.operation is Op.SUBMIT_APPLICATION
    }
    act = next(
        one
        for one in bench.history.of(Op.CREATE_APPLICATION)
        if one.outcome is Outcome.ACKNOWLEDGED and one.answer["application_id"] not in asked
    )
    made = act.answer["application_id"]
    bench.tell_differently(act, outcome=Outcome.UNKNOWN)
    bench.sql("intake", "DELETE FROM application WHERE id::text = %s", made)
    gone = [one for one in bench.history.acts if one.ids.get("application_id") != made]
    bench.history = replace(bench.history, acts=tuple(gone))


@seed("unknown-whole")
def an_acknowledged_act_keeps_no_answer(bench: Bench) -> None:
    act = bench.act(Op.SUBMIT_APPLICATION)
    bench.sql("intake", "DELETE FROM idempotency_key WHERE key = %s", act.key)


@seed(None)
def an_unknown_submission_is_wholly_there(bench: Bench) -> None:
    bench.tell_differently(bench.act(Op.SUBMIT_APPLICATION), outcome=Outcome.UNKNOWN)


@seed("refused-without-effect")
def a_refused_act_has_its_answer_kept(bench: Bench) -> None:
    act = bench.act(Op.WITHDRAW_APPLICATION)
    bench.tell_differently(act, outcome=Outcome.REFUSED)
    twin = replace(act, number=act.number + 1_000_000, attempts=act.attempts, key="another-key")
    bench.history = replace(bench.history, acts=(*bench.history.acts, twin))
    bench.sql(
        "intake",
        "INSERT INTO idempotency_key (scope, key, fingerprint, status, reference, for_good) "
        "SELECT scope, 'another-key', fingerprint, status, reference, for_good FROM idempotency_key WHERE key = %s",
        act.key,
    )


@seed("refused-without-effect")
def somebody_is_assigned_whom_nobody_asked_for(bench: Bench) -> None:
    bench.sql(
        "review",
        "INSERT INTO assignment (id, case_id, reviewer_id, assigned_at) "
        "VALUES (uuidv7(), %s, uuidv7(), now())",
        bench.act(Op.ASSIGN_REVIEWERS).ids["case_id"],
    )


@seed("twins-agree")
def twins_were_told_different_things(bench: Bench) -> None:
    act = next(one for one in bench.history.of(Op.CREATE_APPLICATION) if one.answers)
    (first, *_) = act.attempts
    assert first.ended is not None
    other = first.ended.model_copy(update={"answer": {**first.answer, "application_id": str(uuid4())}})
    bench.replace(act, replace(act, attempts=[*act.attempts, replace(first, ended=other)]))


@seed("twins-agree")
def a_key_was_taken_for_something_else(bench: Bench) -> None:
    act = bench.act(Op.CREATE_APPLICATION)
    bench.replace(act, replace(act, asked={**act.asked, "key_used_before": True}))


# --- edits


@seed("edits-in-order")
def an_acknowledged_edit_is_lost(bench: Bench) -> None:
    act = bench.act(Op.EDIT_APPLICATION)
    bench.sql(
        "intake",
        "UPDATE application SET answers = answers #- %s WHERE id::text = %s",
        [EDITS, act.asked["mark"]],
        act.ids["application_id"],
    )


@seed("edits-in-order")
def a_refused_edit_came_in(bench: Bench) -> None:
    act = bench.act(Op.EDIT_APPLICATION, outcome=Outcome.REFUSED)
    bench.sql(
        "intake",
        "UPDATE application SET answers = jsonb_set(answers, %s, %s::jsonb) WHERE id::text = %s",
        [EDITS, act.asked["mark"]],
        str(act.asked["base"]),
        act.ids["application_id"],
    )


@seed("edits-in-order")
def an_application_fell_back_to_an_earlier_version(bench: Bench) -> None:
    bench.sql(
        "intake",
        "UPDATE application SET version = 1 WHERE id::text = %s",
        bench.act(Op.EDIT_APPLICATION).ids["application_id"],
    )


@seed("sheets-in-order")
def other_scores_stand_than_the_last_ones(bench: Bench) -> None:
    bench.sql(
        "review",
        "UPDATE score_sheet SET scores = jsonb_set(scores, '{0,points}', '1') WHERE assignment_id::text = %s",
        bench.act(Op.WRITE_SHEET).ids["assignment_id"],
    )


@seed("time-goes-forward")
def a_reader_saw_an_old_version(bench: Bench) -> None:
    act = next(one for one in bench.history.of(Op.READ_APPLICATION) if one.answer.get("version", 0) > 1)
    bench.tell_differently(act, version=0)


# --- books


@seed("audit-agrees")
def a_submission_has_no_audit_entry(bench: Bench) -> None:
    bench.sql(
        "intake",
        "DELETE FROM audit_entry WHERE action = 'submit_application' AND object_id::text = %s",
        _submitted(bench),
    )


@seed("audit-agrees")
def a_confirmation_has_no_audit_entry(bench: Bench) -> None:
    bench.sql("intake", "DELETE FROM audit_entry WHERE action = 'confirm_partner'")


@seed("audit-agrees")
def a_decision_has_two_audit_entries(bench: Bench) -> None:
    bench.sql(
        "review",
        "INSERT INTO audit_entry (business_at, actor, action, object_type, object_id) "
        "SELECT business_at, actor, action, object_type, object_id FROM audit_entry "
        "WHERE action = 'decide_eligibility' LIMIT 1",
    )


@seed("audit-agrees")
def a_delivered_mail_has_no_audit_entry(bench: Bench) -> None:
    bench.sql("notification", "DELETE FROM audit_entry WHERE action = 'message_delivered'")


@seed("documents-kept")
def the_bytes_of_a_document_are_gone(bench: Bench) -> None:
    _a_document(bench).unlink()


@seed("documents-kept")
def the_bytes_of_a_document_are_others(bench: Bench) -> None:
    _a_document(bench).write_bytes(b"%PDF-1.4 something else")


def _a_document(bench: Bench) -> Any:
    document = bench.act(Op.ATTACH_DOCUMENT).answer["document_id"]
    row = bench.ask("intake", "SELECT id::text FROM document WHERE id::text = %s", document)[0]
    return bench.copy_documents() / "documents" / row["id"].replace("-", "")[-2:] / row["id"]


def _submitted(bench: Bench) -> str:
    return bench.act(Op.SUBMIT_APPLICATION).ids["application_id"]


def _record(bench: Bench, topic: str, *, newest: bool = False) -> Incoming:
    """A record of an aggregate that has no later one, if ``newest``."""
    found = [one for one in bench.records if one.topic == topic and one.value is not None]
    if newest:
        last = {one.key: one for one in bench.records if one.topic == topic}
        found = [one for one in found if last[one.key] is one]
        repeats = [one.key for one in bench.records if one.topic == topic]
        found = [one for one in found if repeats.count(one.key) == read_envelope(one).sequence]
    assert found, f"nothing on {topic}"
    return found[-1]


def _with_header(record: Incoming, name: str, value: str) -> Incoming:
    headers = [(key, value.encode() if key == name else content) for key, content in record.headers]
    return replace(record, headers=headers)


def _is_submission(record: Incoming) -> bool:
    return record.topic == INTAKE_APPLICATION and b'"receipt_no"' in (record.value or b"")


def _tell_more(bench: Bench, topic: str, more: dict[str, Any], record: Incoming | None = None) -> None:
    """An event that told more from the beginning: in the journal as on the topic."""
    record = record or _record(bench, topic)
    envelope = read_envelope(record)
    body = json.dumps({**json.loads(record.value or b"{}"), **more})
    service = topic.partition(".")[0]
    bench.sql(service, "UPDATE journal SET data = %s::json WHERE event_id = %s", body, envelope.id)  # type: ignore[arg-type] # one of the four
    changed = [
        replace(one, value=body.encode()) if read_envelope(one).id == envelope.id else one
        for one in bench.records
    ]
    bench.records = changed
