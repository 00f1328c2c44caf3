"""Seeded faults of submissions, receipts, cases and mails."""

from dataclasses import replace
from uuid import uuid4

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.checker.tests.seeds.evidence import is_submission, submitted, tell_more
from deploy.chaos.checker.tests.seeds.seed import seed
from deploy.chaos.history.records import Operation as Op
from shared.events.topics import INTAKE_APPLICATION


@seed("submission-exactly-once")
def an_acknowledged_submission_is_gone(bench: Bench) -> None:
    bench.sql("intake", "DELETE FROM submission WHERE application_id::text = %s", submitted(bench))


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
        submitted(bench),
    )


@seed("receipt-as-answered")
def a_kept_receipt_says_another_hour(bench: Bench) -> None:
    bench.sql(
        "intake",
        'UPDATE submission SET receipt = (receipt::jsonb || \'{"arrived_at": "2020-01-01T00:00:00Z"}\')::json '
        "WHERE application_id::text = %s",
        submitted(bench),
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
    submitted = next(one for one in bench.records if is_submission(one))
    tell_more(bench, INTAKE_APPLICATION, {"digest": "0" * 64}, submitted)


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
