import asyncio
import json

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.smtp_sink import SmtpSink
from services.notification.tests.endpoints.callers import headers_of, slug_of, with_key
from services.notification.tests.mails import World, execute, rows_of
from services.notification.use_cases.send_due import Sender
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.testing.plugin import TokenFor


async def queue(inbox: Inbox, *worlds: World) -> None:
    for world in worlds:
        for record in (
            world.call(),
            world.contact(name="홍길동", email="bounce.hana@applicant.example"),
            world.submitted(partner=False),
        ):
            await inbox.receive(record)


@pytest.fixture
def operator(token_for: TokenFor) -> dict[str, str]:
    return headers_of("operator", token_for)


class TestListMessages:
    async def test_an_officer_sees_the_own_track_and_the_ministry_both(
        self, api: httpx.AsyncClient, inbox: Inbox, token_for: TokenFor
    ) -> None:
        demonstration, planning = World(), World(track="planning")
        await queue(inbox, demonstration, planning)
        seen = {}
        for caller in ("kaia", "kind", "officer_of_nothing", "ministry", "operator"):
            answer = await api.get("/v1/messages", headers=headers_of(caller, token_for))
            seen[caller] = sorted(item["track"] for item in answer.json()["items"])
        both = ["demonstration", "planning"]
        assert seen == {
            "kaia": ["demonstration"],
            "kind": ["planning"],
            "officer_of_nothing": [],
            "ministry": both,
            "operator": both,
        }

    async def test_no_answer_has_an_address_a_name_or_a_link(
        self, api: httpx.AsyncClient, inbox: Inbox, operator: dict[str, str]
    ) -> None:
        world = World()
        await queue(inbox, world)
        listed = await api.get("/v1/messages", headers=operator)
        (item,) = listed.json()["items"]
        one = await api.get(f"/v1/messages/{item['id']}", headers=operator)
        assert one.json() == item
        for answer in (listed, one):
            text = json.dumps(answer.json(), ensure_ascii=False)
            assert "홍길동" not in text
            assert "applicant.example" not in text
            assert str(world.confirmation_id) not in text
        assert item["contact_id"] == str(world.contact_id)

    async def test_pages_go_from_the_newest_to_the_oldest_without_gap_or_repeat(
        self, api: httpx.AsyncClient, inbox: Inbox, operator: dict[str, str]
    ) -> None:
        worlds = [World() for _ in range(5)]
        await queue(inbox, *worlds)
        seen: list[str] = []
        cursor: str | None = None
        for _ in range(3):
            query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            page = (await api.get("/v1/messages", headers=operator, params=query)).json()
            seen += [item["application_id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert seen == [str(world.application_id) for world in reversed(worlds)]
        assert cursor is None

    async def test_filters_by_state_template_and_application(
        self, api: httpx.AsyncClient, inbox: Inbox, operator: dict[str, str]
    ) -> None:
        one, other = World(), World()
        await queue(inbox, one, other)
        await inbox.receive(one.decided(eligible=True))
        for query, found in (
            ({"application_id": str(one.application_id)}, 2),
            ({"template": "receipt"}, 2),
            ({"template": "receipt", "application_id": str(one.application_id)}, 1),
            ({"state": "queued"}, 3),
            ({"state": "delivered"}, 0),
        ):
            answer = await api.get("/v1/messages", headers=operator, params=query)
            assert len(answer.json()["items"]) == found, query

    async def test_refuses_a_cursor_of_another_query_and_filters_that_do_not_exist(
        self, api: httpx.AsyncClient, inbox: Inbox, operator: dict[str, str]
    ) -> None:
        await queue(inbox, World(), World())
        page = (await api.get("/v1/messages", headers=operator, params={"limit": 1})).json()
        other = {"cursor": page["next_cursor"], "state": "queued"}
        answer = await api.get("/v1/messages", headers=operator, params=other)
        assert (answer.status_code, slug_of(answer)) == (400, "cursor-mismatch")
        answer = await api.get("/v1/messages", headers=operator, params={"state": "lost"})
        assert (answer.status_code, slug_of(answer)) == (422, "invalid-input")

    async def test_shows_no_outcome_before_it_is_announced(
        self, api: httpx.AsyncClient, inbox: Inbox, operator: dict[str, str]
    ) -> None:
        world = World()
        await queue(inbox, world)
        await inbox.receive(world.decided(eligible=True))
        before = await api.get("/v1/messages", headers=operator)
        assert "selection" not in before.text
        await inbox.receive(world.announced())
        after = await api.get("/v1/messages", headers=operator)
        assert after.json()["items"][0]["template"] == "selection"


class TestResendMessage:
    async def test_sends_a_bounced_message_again_with_the_same_message_id(
        self,
        api: httpx.AsyncClient,
        inbox: Inbox,
        database: Database,
        sender: Sender,
        smtp_sink: SmtpSink,
        operator: dict[str, str],
    ) -> None:
        world = World()
        await queue(inbox, world)
        await sender.run()
        (bounced,) = (await api.get("/v1/messages", headers=operator)).json()["items"]
        assert (bounced["state"], bounced["last_smtp_code"]) == ("bounced", 550)
        await inbox.receive(world.contact(email="hana@city.example", sequence=2))
        answer = await api.post(f"/v1/messages/{bounced['id']}/resend", headers=with_key(operator))
        assert (answer.status_code, answer.json()["state"]) == (202, "queued")
        await sender.run()
        (mail,) = smtp_sink.messages()
        assert mail["Message-ID"] == bounced["message_id"]
        actions = await rows_of(database, "SELECT action FROM audit_entry ORDER BY id")
        assert [row["action"] for row in actions] == [
            "message_bounced",
            "resend_message",
            "message_delivered",
        ]
        sequences = await rows_of(database, "SELECT type, sequence FROM journal ORDER BY id")
        assert [row["sequence"] for row in sequences] == [1, 2]

    @pytest.mark.parametrize("state", ["waiting_for_contact", "queued", "delivered", "held", "sending"])
    async def test_refuses_a_message_that_neither_bounced_nor_failed(
        self, api: httpx.AsyncClient, inbox: Inbox, database: Database, operator: dict[str, str], state: str
    ) -> None:
        message_id = await _message_in(state, inbox, database)
        answer = await api.post(f"/v1/messages/{message_id}/resend", headers=with_key(operator))
        assert (answer.status_code, slug_of(answer)) == (409, "not-resendable")
        assert answer.json()["state"] == state

    async def test_a_failed_message_need_not_wait_for_its_time(
        self, api: httpx.AsyncClient, inbox: Inbox, database: Database, operator: dict[str, str]
    ) -> None:
        message_id = await _message_in("failed", inbox, database)
        answer = await api.post(f"/v1/messages/{message_id}/resend", headers=with_key(operator))
        assert (answer.status_code, answer.json()["attempts"]) == (202, 0)
        (row,) = await rows_of(database, "SELECT next_attempt_at <= clock_timestamp() AS due FROM message")
        assert row["due"]

    async def test_a_repeat_with_the_same_key_acts_once(
        self, api: httpx.AsyncClient, inbox: Inbox, database: Database, operator: dict[str, str]
    ) -> None:
        message_id = await _message_in("bounced", inbox, database)
        headers = with_key(operator)
        answers = [await api.post(f"/v1/messages/{message_id}/resend", headers=headers) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [202, 202]
        assert answers[0].json() == answers[1].json()
        audits = await rows_of(database, "SELECT id FROM audit_entry WHERE action = 'resend_message'")
        assert len(audits) == 1
        looked_up = await api.get(f"/v1/idempotency-keys/{headers['Idempotency-Key']}", headers=operator)
        assert looked_up.json()["items"][0]["reference"] == message_id

    async def test_two_at_once_with_different_keys_act_once(
        self, api: httpx.AsyncClient, inbox: Inbox, database: Database, operator: dict[str, str]
    ) -> None:
        message_id = await _message_in("bounced", inbox, database)
        answers = await asyncio.gather(
            *(api.post(f"/v1/messages/{message_id}/resend", headers=with_key(operator)) for _ in range(4))
        )
        assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409]

    async def test_needs_a_key(
        self, api: httpx.AsyncClient, inbox: Inbox, database: Database, operator: dict[str, str]
    ) -> None:
        message_id = await _message_in("bounced", inbox, database)
        answer = await api.post(f"/v1/messages/{message_id}/resend", headers=operator)
        assert (answer.status_code, slug_of(answer)) == (400, "idempotency-key-missing")


class TestTemplates:
    async def test_lists_all_with_languages_and_versions(
        self, api: httpx.AsyncClient, operator: dict[str, str]
    ) -> None:
        items = (await api.get("/v1/templates", headers=operator)).json()["items"]
        assert {item["name"] for item in items} == {
            *("receipt", "partner_confirmation_request", "decision_eligible", "decision_ineligible"),
            *("selection", "non_selection", "expo_invitation"),
        }
        assert all(item["languages"] == ["ko", "en"] and item["version"] == 1 for item in items)

    @pytest.mark.parametrize(("language", "word"), [("ko", "접수번호"), ("en", "Receipt number")])
    async def test_previews_in_both_languages(
        self, api: httpx.AsyncClient, operator: dict[str, str], language: str, word: str
    ) -> None:
        answer = await api.get(
            "/v1/templates/receipt/preview", headers=operator, params={"language": language}
        )
        preview = answer.json()
        assert word in preview["text"]
        assert word in preview["html"]
        assert preview["subject"].startswith("[리허설/REHEARSAL]")

    @pytest.mark.parametrize(
        "path", ["/v1/templates/unknown/preview", "/v1/templates/receipt/preview?language=fr"]
    )
    async def test_refuses_what_does_not_exist(
        self, api: httpx.AsyncClient, operator: dict[str, str], path: str
    ) -> None:
        answer = await api.get(path, headers=operator)
        assert (answer.status_code, slug_of(answer)) == (422, "invalid-input")


async def test_is_ready_and_says_that_it_is_a_rehearsal(api: httpx.AsyncClient, app: FastAPI) -> None:
    assert (await api.get("/ready")).json() == {"ready": True, "reasons": []}
    assert (await api.get("/health")).json() == {"status": "ok", "service": "notification", "rehearsal": True}
    assert app.title == "K-City Network: notification"


_BECOMES = {
    "waiting_for_contact": "next_attempt_at = NULL, queued_at = NULL, give_up_at = NULL, language = NULL",
    "queued": "attempts = 0",
    "delivered": "next_attempt_at = NULL",
    "bounced": "next_attempt_at = NULL, attempts = 3",
    "failed": "next_attempt_at = clock_timestamp() + interval '1 hour', attempts = 3",
    "held": "next_attempt_at = NULL, held_reason = 'address_unusable'",
    "sending": "next_attempt_at = NULL, lease = uuidv7(), sending_until = clock_timestamp() + interval '1 hour'",
}


async def _message_in(state: str, inbox: Inbox, database: Database) -> str:
    await queue(inbox, World())
    await execute(database, f"UPDATE message SET state = :state, {_BECOMES[state]}", state=state)  # noqa: S608 - ours
    (row,) = await rows_of(database, "SELECT id FROM message")
    return str(row["id"])
