"""The script: one whole year of a call, in its order."""

from deploy.local.rehearsal.play import Play
from deploy.local.rehearsal.stages import (
    announcement,
    catalogue,
    embargo,
    intake,
    mails,
    scoring,
    screening,
    selection,
)
from shared.auth.caller import Track


async def play_the_year(play: Play) -> None:
    """Everything, from a second before the announcement to the announcement of the last selection."""
    await announcement.publish_under_embargo(play)
    await catalogue.count_before(play)
    await announcement.announce(play)
    await scoring.register_reviewers(play)
    await intake.open_window(play, "planning")
    await play_demonstration(play, "demonstration")
    await play_planning(play, "planning")
    await mails.settle_mails(play)


async def play_demonstration(play: Play, track: Track) -> None:
    """A window with a closing, partners who confirm, a selection in April, invitations to the Expo."""
    times = play.round(track)
    await intake.open_window(play, track)
    await intake.fill_window(play, track, [times.part(1, 3), times.part(2, 3)])
    await intake.close_window(play, track)
    await screening.open_cases(play, track)
    await screening.confirm_partners(play, track)
    await play.clock.step(f"{track}: screening", times.screening)
    await screening.screen_cases(play, track)
    await screening.check_no_pre_consulting(play, track)
    await evaluate(play, track)
    await selection.invite(play, track)


async def play_planning(play: Play, track: Track) -> None:
    """Rolling intake to the cut-off, pre-consulting, a selection at the year's end."""
    times = play.round(track)
    await intake.fill_window(play, track, [times.part(1, 2), times.part(3, 4)])
    await intake.cut_off(play, track)
    await screening.open_cases(play, track)
    await play.clock.step(f"{track}: screening", times.screening)
    await screening.screen_cases(play, track)
    await screening.pre_consult(play, track)
    await evaluate(play, track)


async def evaluate(play: Play, track: Track) -> None:
    """From the assignment of reviewers to the public selection."""
    await scoring.assign(play, track)
    await play.clock.step(f"{track}: scoring", play.round(track).scoring)
    await scoring.score(play, track)
    evaluation_id = await scoring.close_evaluation(play, track)
    await selection.decide(play, track, evaluation_id)
    await embargo.hold_embargo(play, track)
    await selection.announce(play, track)
