import asyncio
from pathlib import Path

import pytest

from deploy.local.smtp_sink import SmtpSink
from services.notification.domain.message import Outcome
from services.notification.mail.compose import Letterhead
from services.notification.repository.messages import Claimed
from services.notification.tests.mails import (
    World,
    events_of,
    execute,
    make_due,
    rows_of,
    states,
    submit_alone,
)
from services.notification.tests.servers import moody_server
from services.notification.use_cases.send_due import Sender
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.inbox import Inbox


class Killed(BaseException):
    """The process ends here."""


class DiesBeforeMarking(Sender):
    """Sends a mail and is killed before it can mark it."""

    async def _mark(self, _claimed: Claimed, _outcome: Outcome) -> None:
        raise Killed


class TestCrash:
    async def test_between_sending_and_marking_gives_a_second_copy_that_can_be_told_as_such(
        self,
        inbox: Inbox,
        sender: Sender,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        await submit_alone(inbox, World())
        dying = DiesBeforeMarking(database, clock, letterhead, smtp_sink.url)
        with pytest.raises(Killed):
            await dying.run()
        await dying.close()
        await sender.run()
        assert await states(database) == {"receipt": "sending"}, "its lease has not ended"
        await make_due(database)
        await sender.run()
        assert await states(database) == {"receipt": "delivered"}
        first, second = sorted(smtp_sink.folder.glob("*.eml"))
        assert first.read_bytes() == second.read_bytes()
        copies = smtp_sink.messages()
        assert copies[0]["Message-ID"] == copies[1]["Message-ID"] is not None
        assert len(await events_of(database, "MessageDelivered")) == 1

    async def test_a_connection_lost_after_acceptance_gives_a_second_copy_that_can_be_told_as_such(
        self, inbox: Inbox, database: Database, clock: AuthorityClock, letterhead: Letterhead, tmp_path: Path
    ) -> None:
        with moody_server(tmp_path / "moody") as (moods, url):
            moods.hangs_up_after_keeping = 1
            sender = Sender(database, clock, letterhead, url)
            await submit_alone(inbox, World())
            await sender.run()
            (row,) = await rows_of(database, "SELECT state, last_smtp_code FROM message")
            assert row == {"state": "failed", "last_smtp_code": None}
            await make_due(database)
            await sender.run()
            await sender.close()
        first, second = sorted((tmp_path / "moody").glob("*.eml"))
        assert first.read_bytes() == second.read_bytes()

    async def test_a_sender_whose_lease_ended_cannot_mark_what_another_has_taken(
        self,
        inbox: Inbox,
        sender: Sender,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        """The slow one sent its mail, but answers for it no more: one message, one event."""
        await submit_alone(inbox, World())

        class Slow(Sender):
            async def _mark(self, claimed: Claimed, outcome: Outcome) -> None:
                await make_due(database)
                await sender.run()
                await super()._mark(claimed, outcome)

        slow = Slow(database, clock, letterhead, smtp_sink.url)
        await slow.run()
        await slow.close()
        assert await states(database) == {"receipt": "delivered"}
        assert len(await events_of(database, "MessageDelivered")) == 1
        assert len({mail["Message-ID"] for mail in smtp_sink.messages()}) == 1

    async def test_stopped_in_the_middle_what_is_on_its_way_is_marked_and_the_rest_given_back(
        self,
        inbox: Inbox,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        for _ in range(4):
            await submit_alone(inbox, World())
        sent = asyncio.Event()

        class Watched(Sender):
            async def _mark(self, claimed: Claimed, outcome: Outcome) -> None:
                sent.set()
                await asyncio.sleep(0.05)
                await super()._mark(claimed, outcome)

        stopping = Watched(database, clock, letterhead, smtp_sink.url, connections=1)
        running = asyncio.create_task(stopping.run())
        await sent.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await stopping.close()
        rows = await rows_of(database, "SELECT state, attempts FROM message ORDER BY state")
        delivered = [row for row in rows if row["state"] == "delivered"]
        assert len(delivered) == len(smtp_sink.messages()) == 1
        assert [row for row in rows if row["state"] != "delivered"] == [
            {"state": "queued", "attempts": 0}
        ] * 3


class TestSlowBatch:
    async def test_renews_what_it_still_holds_and_leaves_what_it_has_lost(
        self,
        inbox: Inbox,
        sender: Sender,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        for _ in range(4):
            await submit_alone(inbox, World())

        class Slow(Sender):
            taken = 0

            async def _mark(self, claimed: Claimed, outcome: Outcome) -> None:
                await super()._mark(claimed, outcome)
                if not self.taken:  # all leases end, and another sender takes what is due
                    await make_due(database)
                    await sender.run()
                    self.taken = len(smtp_sink.messages())

        slow = Slow(database, clock, letterhead, smtp_sink.url, connections=1, renew_after_seconds=0)
        await slow.run()
        await slow.close()
        assert slow.taken == 4
        assert len(smtp_sink.messages()) == 4
        assert len(await events_of(database, "MessageDelivered")) == 4

    async def test_holds_its_messages_as_long_as_it_sends(
        self,
        inbox: Inbox,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        for _ in range(3):
            await submit_alone(inbox, World())
        left: list[float] = []

        class Slow(Sender):
            async def _mark(self, claimed: Claimed, outcome: Outcome) -> None:
                rows = await rows_of(
                    database,
                    "SELECT extract(epoch FROM sending_until - clock_timestamp()) AS seconds FROM message "
                    "WHERE state = 'sending' ORDER BY id",
                )
                left.append(float(rows[-1]["seconds"]))
                await execute(
                    database,
                    "UPDATE message SET sending_until = clock_timestamp() + interval '5 s' "
                    "WHERE state = 'sending'",
                )
                await super()._mark(claimed, outcome)

        slow = Slow(database, clock, letterhead, smtp_sink.url, connections=1, renew_after_seconds=0)
        await slow.run()
        await slow.close()
        assert len(left) == 3
        assert min(left) > 5, "each lease was 5 s again before the next message renewed it"


class TestTwoSenders:
    async def test_at_once_send_each_message_once(
        self,
        inbox: Inbox,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        for _ in range(30):
            await submit_alone(inbox, World())
        senders = [Sender(database, clock, letterhead, smtp_sink.url, connections=2) for _ in range(2)]
        await asyncio.gather(*(sender.run() for sender in senders))
        for sender in senders:
            await sender.run()
            await sender.close()
        mails = smtp_sink.messages()
        assert len(mails) == 30
        assert len({mail["Message-ID"] for mail in mails}) == 30
        assert len(await events_of(database, "MessageDelivered")) == 30
