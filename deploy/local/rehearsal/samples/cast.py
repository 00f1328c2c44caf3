"""The invented applicants of a whole call."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.business_number import business_number
from deploy.local.rehearsal.samples.places import PLACES, Place, Text
from deploy.local.rehearsal.samples.story import CASTS, Story
from deploy.local.rehearsal.samples.words import BODIES, STEMS, THEMES, Theme
from shared.events.call_definition import CallDefinition, TrackDefinition

SEED = 2025
MAIL_DOMAINS = ("example.com", "example.org", "example.net")
TIED_MERIT, BEST_MERIT, MOST_ORDINARY = 80, 94, 74
_ORDER = ("demonstration", "planning")
_PARTNER_KINDS = {
    "local_government": ("City Government of {}", "{} 시정부"),
    "public_institution": ("{} Institute of Urban Technology", "{} 도시기술원"),
    "university": ("University of {}, Faculty of Engineering", "{} 대학교 공과대학"),
    "central_government": ("Regional Office of Public Works, {}", "{} 지역공공사업청"),
}
_MILLION = 1_000_000


def cast_of(call: CallDefinition, seed: int = SEED) -> tuple[Applicant, ...]:
    """Every applicant of ``call``, demonstration first: the same for the same call and seed.

    Stories are dealt over companies and cities by chance; the number of each is fixed.
    """
    chance = random.Random(seed)  # noqa: S311 - samples, no secrets
    places = iter(PLACES)
    made: list[Applicant] = []
    for track in sorted(call.tracks, key=lambda one: _ORDER.index(one.track)):
        for story in _dealt(track, chance):
            made.append(_applicant(len(made) + 1, track, story, next(places), chance))
    return tuple(made)


def _dealt(track: TrackDefinition, chance: random.Random) -> list[Story]:
    stories = [story for story, count in CASTS[track.track].items() for _ in range(count)]
    stories += [Story.STRONG] * (track.selection.quota.max - 1)
    chance.shuffle(stories)
    return stories


def _applicant(
    number: int, track: TrackDefinition, story: Story, place: Place, chance: random.Random
) -> Applicant:
    theme = THEMES[number % len(THEMES)]
    company = track.track == "demonstration"
    return Applicant(
        number=number,
        track=track.track,
        story=story,
        place=place,
        theme=theme.en,
        merit=_merit(story, track, chance),
        organisation=_company(number, theme) if company else _body(number, place),
        project=project_of(track, theme, place, chance),
        contact=_contact(number, story, "ko" if company else "en"),
        partner=partner_of(number, track, place) if track.partner_required else None,
    )


def _merit(story: Story, track: TrackDefinition, chance: random.Random) -> int:
    threshold = int(Decimal(track.selection.threshold_points))
    if story is Story.WEAK:
        return max(threshold - chance.randint(15, 25), 10)
    if story in (Story.TIED_EARLIER, Story.TIED_LATER):
        return TIED_MERIT
    if story is Story.STRONG:
        return chance.randint(TIED_MERIT + 8, BEST_MERIT)
    return chance.randint(min(threshold + 6, MOST_ORDINARY - 1), MOST_ORDINARY)


def _company(number: int, theme: Theme) -> dict[str, Any]:
    stem_en, stem_ko = STEMS[(number // len(THEMES) + number) % len(STEMS)]
    name: Text = {
        "ko": f"(주)보기{stem_ko}{theme.firm_ko}",
        "en": f"Bogi {stem_en} {theme.firm_en} Co., Ltd.",
    }
    return {
        "name": name,
        "kind": "korean_company",
        "country_iso2": "KR",
        "business_number": business_number(1000 + number),
    }


def _body(number: int, place: Place) -> dict[str, Any]:
    kind, en, ko = BODIES[number % len(BODIES)]
    name: Text = {"en": f"{en}, {place.en} (sample)", "ko": f"{place.ko} {ko} (보기)"}
    return {"name": name, "kind": kind, "country_iso2": place.country}


def project_of(track: TrackDefinition, theme: Theme, place: Place, chance: random.Random) -> dict[str, Any]:
    """The section of an invented project: in ``place``, about ``theme``, for a sum that the track can give."""
    most = track.money.max_support_krw // _MILLION
    requested = chance.randint(most * 6 // 10, most) * _MILLION
    if track.track == "demonstration":
        kind, what_en, what_ko = "demonstration", "demonstration", "실증"
    else:
        kind = chance.choice(("development_plan", "solution_plan"))
        what_en, what_ko = ("master plan", "기본계획") if kind == "development_plan" else ("plan", "계획")
    title: Text = {"ko": f"{place.ko} {theme.ko} {what_ko}", "en": f"{theme.en} {what_en}, {place.en}"}
    summary: Text = {
        "ko": f"{place.ko}에서 {theme.aim_ko}. 리허설을 위해 지어낸 사업입니다.",
        "en": f"In {place.en}, to {theme.aim_en}. Invented for a rehearsal.",
    }
    return {
        "title": title,
        "summary": summary,
        "city": place.name,
        "country_iso2": place.country,
        "project_type": kind,
        "requested_amount_krw": requested,
    }


def _contact(number: int, story: Story, language: str) -> dict[str, Any]:
    box = "bounce" if story is Story.BOUNCING else "contact"
    name = f"담당자 {number}" if language == "ko" else f"Contact {number}"
    return {"name": name, "email": f"{box}-{number:03d}@{_domain(number)}", "language": language}


def partner_of(number: int, track: TrackDefinition, place: Place) -> dict[str, Any]:
    """The section of an invented partner body in ``place``, of a kind that the track takes."""
    kind = track.partner_kinds[number % len(track.partner_kinds)]
    en, ko = _PARTNER_KINDS[kind]
    name: Text = {"en": en.format(place.en) + " (sample)", "ko": ko.format(place.ko) + " (보기)"}
    address = f"partner-{number:03d}@{_domain(number + 1)}"
    contact = {"name": f"Partner contact {number}", "email": address, "language": "en"}
    return {"name": name, "kind": kind, "contact": contact}


def _domain(number: int) -> str:
    return MAIL_DOMAINS[number % len(MAIL_DOMAINS)]


def of_track(cast: tuple[Applicant, ...], track: str) -> list[Applicant]:
    """The applicants of one track."""
    return [applicant for applicant in cast if applicant.track == track]


def mailboxes(cast: tuple[Applicant, ...]) -> Iterator[str]:
    """Every e-mail address of the cast."""
    for applicant in cast:
        yield applicant.contact["email"]
        if applicant.partner:
            yield applicant.partner["contact"]["email"]
