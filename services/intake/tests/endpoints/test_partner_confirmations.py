import asyncio
import base64
import hashlib
import re

import pytest

from services.intake.tests.house import CLOSES, LINK_SECRET, House, slug
from shared.ids import new_uuid
from shared.links import sign_link

HTML = {"Accept": "text/html,application/xhtml+xml"}


class TestGetPartnerConfirmation:
    async def test_shows_what_is_confirmed_and_nobodys_name(self, house: House) -> None:
        path = await house.confirmation_path(await house.submitted(house.applicant()))
        answer = await house.public.get(path)
        assert answer.status_code == 200
        assert answer.json() == {
            "state": "open",
            "call_code": "KCN-2025",
            "applicant": {"ko": "주식회사 한강스마트", "en": "Hangang Smart Co., Ltd."},
            "partner": {"ko": None, "en": "Hanoi People's Committee"},
            "project_title": {"ko": "하노이 지능형 교통 실증", "en": "Smart traffic for Hanoi"},
            "city": {"ko": "하노이", "en": "Hanoi"},
            "country_iso2": "VN",
            "confirmed_at": None,
            "rehearsal": True,
        }

    async def test_changes_nothing_however_often_scanners_read_it(self, house: House) -> None:
        path = await house.confirmation_path(await house.submitted(house.applicant()))
        for headers in ({}, HTML, HTML):
            await house.public.get(path, headers)
        assert (await house.public.get(path)).json()["state"] == "open"
        assert await house.journal("%PartnerConfirmed%") == []

    async def test_gives_browsers_a_page_that_loads_nothing(self, house: House) -> None:
        path = await house.confirmation_path(await house.submitted(house.applicant()))
        answer = await house.public.get(path, HTML)
        page = answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert re.search(r"(src|href|url\(|@import|<script)", page) is None
        assert '<form method="post">' in page
        assert "Hanoi People&#39;s Committee" in page
        assert "협력기관 확인" in page
        assert "리허설입니다" in page

    async def test_the_pages_style_is_the_one_its_policy_allows(self, house: House) -> None:

        path = await house.confirmation_path(await house.submitted(house.applicant()))
        answer = await house.public.get(path, HTML)
        style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]

    async def test_what_applicants_write_is_text_and_no_markup(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        title = {"project": {"title": {"en": "<script>alert(1)</script>"}}}
        await anna.patch(f"/v1/applications/{application_id}", title)
        await anna.submit(application_id)
        page = (await house.public.get(await house.confirmation_path(application_id), HTML)).text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page

    async def test_a_draft_has_nothing_to_confirm_yet(self, house: House) -> None:
        path = await house.confirmation_path(await house.complete(house.applicant()))
        assert (await house.public.get(path)).status_code == 404
        assert (await house.public.post(path)).status_code == 404

    @pytest.mark.parametrize("method", ["GET", "POST"])
    async def test_other_links_lead_nowhere(self, house: House, method: str) -> None:
        application_id = await house.submitted(house.applicant())
        good = await house.confirmation_path(application_id)
        confirmation_id = await house.scalar("SELECT confirmation_id FROM application")
        token = good.rpartition("/")[2]
        for other in (
            sign_link("another-secret", "partner-confirmation", confirmation_id),
            sign_link(LINK_SECRET, "another-purpose", confirmation_id),
            sign_link(LINK_SECRET, "partner-confirmation", new_uuid()),
            sign_link(LINK_SECRET, "partner-confirmation", "no uuid"),
            token[:-1],
            token + "A",
            token.partition(".")[0],
            str(confirmation_id),
            "%F0%9F%92%A9",
        ):
            answer = await house.api.request(method, f"/v1/partner-confirmations/{other}")
            assert (answer.status_code, slug(answer)) == (404, "link-invalid")


class TestConfirmPartner:
    async def test_is_an_act_of_whoever_holds_the_link(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        path = await house.confirmation_path(application_id)
        answer = await house.api.post(path)
        assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
        partner = (await anna.get(f"/v1/applications/{application_id}")).json()["partner"]
        assert partner["confirmed_at"] is not None
        (event,) = await house.journal("%PartnerConfirmed%")
        assert (str(event["aggregate_id"]), event["sequence"]) == (application_id, 2)
        (entry,) = await house.audit("confirm_partner")
        assert entry["actor"] == f"partner:{event['data']['confirmation_id']}"

    async def test_a_second_time_answers_the_same(self, house: House) -> None:
        path = await house.confirmation_path(await house.submitted(house.applicant()))
        first = await house.api.post(path)
        await house.clock(CLOSES)
        again = await house.api.post(path)
        assert (again.status_code, again.json()) == (200, first.json())
        assert len(await house.journal("%PartnerConfirmed%")) == 1

    async def test_many_at_once_confirm_once(self, house: House) -> None:
        path = await house.confirmation_path(await house.submitted(house.applicant()))
        answers = await asyncio.gather(*(house.api.post(path) for _ in range(6)))
        assert {answer.status_code for answer in answers} == {200}
        assert len(await house.journal("%PartnerConfirmed%")) == 1

    async def test_by_the_pages_button_answers_with_a_page(self, house: House) -> None:
        path = await house.confirmation_path(await house.submitted(house.applicant()))
        headers = {**HTML, "Content-Type": "application/x-www-form-urlencoded"}
        answer = await house.api.post(path, headers=headers)
        assert "Confirmed on 2025-02-20 10:00 KST" in answer.text
        assert "<form" not in answer.text

    async def test_a_withdrawn_application_cannot_be_confirmed(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        await anna.post(f"/v1/applications/{application_id}/withdrawal")
        path = await house.confirmation_path(application_id)
        answer = await house.api.post(path)
        assert (answer.status_code, slug(answer)) == (409, "nothing-to-confirm")
        assert (await house.public.get(path)).json()["state"] == "withdrawn"
        assert "withdrew" in (await house.public.get(path, HTML)).text
