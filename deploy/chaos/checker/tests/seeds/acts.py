"""Seeded faults of single acts: acknowledged, refused, unknown."""

from dataclasses import replace
from uuid import uuid4

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.checker.tests.seeds.seed import seed
from deploy.chaos.history.records import Operation as Op
from deploy.chaos.history.records import Outcome


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
