from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from shared.auth.caller import Caller, Role
from shared.auth.dependencies import NoRule, caller_of
from shared.auth.rules import Access, ScopeMissing
from shared.auth.scopes import CASES_READ, MESSAGES_READ, SCOPES, scope_meanings
from shared.errors import Forbidden
from shared.ids import new_uuid

NAMES = [name for name, _ in scope_meanings()]
CALLERS = st.builds(
    Caller,
    subject=st.just("somebody"),
    roles=st.frozensets(st.sampled_from(Role)),
    organisation_id=st.sampled_from([None, new_uuid()]),
    scopes=st.frozensets(st.sampled_from([*NAMES, "openid", "cases:write"])),
)
RULES = st.builds(
    Access.to, st.sampled_from(Role), st.sampled_from(Role), scope=st.sampled_from([None, *SCOPES])
) | st.just(Access.known())


def system(*scopes: str) -> Caller:
    return Caller("kcity-system", frozenset({Role.SYSTEM}), scopes=frozenset(scopes))


class TestScopes:
    @pytest.mark.parametrize(
        ("granted", "tracks"),
        [
            ("cases:read", {"planning", "demonstration"}),
            ("cases:read:planning", {"planning"}),
            ("cases:read:planning cases:read:demonstration", {"planning", "demonstration"}),
            ("cases:read:moon cases:write cases messages:read CASES:READ cases:read:", set()),
            ("", set()),
        ],
    )
    def test_cover_both_tracks_or_one(self, granted: str, tracks: set[str]) -> None:
        assert CASES_READ.tracks_in(frozenset(granted.split())) == tracks

    def test_are_told_apart(self) -> None:
        assert len(set(NAMES)) == len(NAMES) == 3 * len(SCOPES)
        for one, other in combinations(SCOPES, 2):
            assert not one.tracks_in(frozenset({other.name}))


class TestAdmission:
    def test_gives_a_system_the_tracks_of_this_operations_scope_alone(self) -> None:
        rule = Access.to(Role.MINISTRY_OFFICER, scope=CASES_READ)
        admitted = rule.admit(system("cases:read:planning", "messages:read"))
        assert (admitted.reads("planning"), admitted.reads("demonstration")) == (True, False)
        assert not admitted.oversees("planning"), "it reads like an officer and is none"

    def test_names_the_scope_that_is_missing(self) -> None:
        with pytest.raises(ScopeMissing) as refused:
            Access.to(Role.MINISTRY_OFFICER, scope=CASES_READ).admit(system(MESSAGES_READ.name))
        assert refused.value.facts == {"scope": "cases:read"}

    def test_of_systems_is_never_by_role(self) -> None:
        with pytest.raises(Forbidden, match="No system"):
            Access.to(Role.SYSTEM).admit(system(*NAMES))

    def test_tells_an_applicant_what_the_token_lacks(self) -> None:
        with pytest.raises(Forbidden, match="organisation_id"):
            Access.to(Role.APPLICANT).admit(Caller("a", frozenset({Role.APPLICANT})))

    @given(RULES, CALLERS)
    def test_can_be_asked_for_without_trying(self, rule: Access, caller: Caller) -> None:
        try:
            rule.admit(caller)
        except (Forbidden, ScopeMissing):
            assert not rule.admits(caller)
        else:
            assert rule.admits(caller)

    def test_of_people_needs_no_scopes(self) -> None:
        for role, scope in product(set(Role) - {Role.SYSTEM, Role.APPLICANT}, SCOPES):
            assert Access.to(role, scope=scope).admits(Caller("a", frozenset({role})))


async def test_a_route_without_a_rule_has_no_caller() -> None:
    with pytest.raises(NoRule):
        await caller_of(Request({"type": "http", "method": "GET", "path": "/", "headers": [], "state": {}}))
