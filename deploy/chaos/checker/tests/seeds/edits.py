"""Seeded faults of the order of edits, score sheets and readings."""

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.checker.tests.seeds.seed import seed
from deploy.chaos.history.records import Operation as Op
from deploy.chaos.history.records import Outcome
from deploy.chaos.load.call import EDITS


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
