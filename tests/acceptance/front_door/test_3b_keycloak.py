"""Item 3 on a real Keycloak with the realm of ``docker compose``: its tokens say what the services read.

Needs Java and Maven, and half a minute to start: only ``make test-keycloak`` and ``make accept TOPIC=front-door`` play it.
"""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from deploy.keycloak.server import KeycloakServer
from deploy.keycloak.sign_in import RETURN_TO, SignIn, SignInRefused
from deploy.local.issuer.clients import MACHINES
from deploy.local.people import SamplePerson, sample_people
from shared.auth.caller import Role
from shared.auth.verifier import TokenInvalid, TokenVerifier

pytestmark = [pytest.mark.keycloak, pytest.mark.timeout(600)]

SOMEBODY = sample_people()[0].username
SYSTEMS = tuple(name for name, machine in MACHINES.items() if machine.role is Role.SYSTEM)


@pytest.fixture(scope="module")
def keycloak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeycloakServer]:
    with KeycloakServer(tmp_path_factory.mktemp("keycloak")) as server:
        yield server


@pytest.fixture
async def verifier(keycloak: KeycloakServer) -> AsyncIterator[TokenVerifier]:
    """The services' own, with their own audience."""
    client = httpx.AsyncClient(trust_env=False, timeout=30)
    async with TokenVerifier(keycloak.issuer, "kcity", client=client) as verifier:
        yield verifier


@pytest.fixture
def sign_in(keycloak: KeycloakServer) -> Iterator[SignIn]:
    with SignIn(keycloak.issuer) as sign_in:
        yield sign_in


class TestPeople:
    @pytest.mark.parametrize("person", sample_people(), ids=lambda person: person.username)
    async def test_sign_in_and_are_who_the_local_issuer_says_they_are(
        self, person: SamplePerson, sign_in: SignIn, verifier: TokenVerifier
    ) -> None:
        tokens = sign_in.exchange(sign_in.code(person.username)).json()
        caller = await verifier.verify(tokens["access_token"])
        assert (caller.subject, caller.roles, caller.organisation_id, caller.tracks) == (
            person.subject,
            frozenset({person.role}),
            person.organisation_id,
            frozenset(person.tracks),
        )
        assert 295 <= tokens["expires_in"] <= 300  # counted from when it was asked for

    def test_a_wrong_password_lets_nobody_in(self, sign_in: SignIn) -> None:
        with pytest.raises(SignInRefused, match="Invalid username or password"):
            sign_in.code(SOMEBODY, "guessed")

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"code_challenge": None, "code_challenge_method": None}, "code_challenge_method"),
            ({"code_challenge_method": "plain"}, "code+challenge+method"),
            ({"response_type": "token"}, "unauthorized_client"),
        ],
        ids=["without PKCE", "plain PKCE", "tokens in the address"],
    )
    def test_a_front_end_cannot_ask_for_less_safety(
        self, sign_in: SignIn, changed: dict[str, str | None], error: str
    ) -> None:
        answer = sign_in.ask(**changed)
        assert answer.status_code == httpx.codes.FOUND
        assert error in answer.headers["location"]

    @pytest.mark.parametrize(
        "address", ["http://localhost:8080/elsewhere", "https://k-city.example/callback", RETURN_TO + "x"]
    )
    def test_nobody_is_returned_to_an_address_that_is_not_listed(self, sign_in: SignIn, address: str) -> None:
        assert sign_in.ask(redirect_uri=address).status_code == httpx.codes.BAD_REQUEST

    def test_a_code_needs_its_own_secret_and_is_good_once(self, sign_in: SignIn) -> None:
        code = sign_in.code(SOMEBODY)
        assert sign_in.exchange(code, "x" * 64).json()["error"] == "invalid_grant"
        code = sign_in.code(SOMEBODY)
        assert sign_in.exchange(code).is_success
        assert sign_in.exchange(code).json()["error"] == "invalid_grant"

    def test_a_refresh_token_is_good_once_and_a_second_use_ends_the_sign_in(self, sign_in: SignIn) -> None:
        first = sign_in.exchange(sign_in.code(SOMEBODY)).json()["refresh_token"]
        second = sign_in.refresh(first).json()["refresh_token"]
        assert sign_in.refresh(first).json()["error"] == "invalid_grant"
        assert sign_in.refresh(second).json()["error"] == "invalid_grant"

    async def test_a_token_that_is_not_for_us_is_refused(
        self, sign_in: SignIn, verifier: TokenVerifier
    ) -> None:
        with pytest.raises(TokenInvalid):
            await verifier.verify(sign_in.exchange(sign_in.code(SOMEBODY)).json()["id_token"])


class TestSystems:
    @pytest.mark.parametrize("name", SYSTEMS)
    async def test_get_the_scopes_they_ask_for_and_no_others(
        self, name: str, sign_in: SignIn, verifier: TokenVerifier
    ) -> None:
        login = (name, f"development-{name}")
        allowed = MACHINES[name].scopes
        for scopes in (frozenset[str](), frozenset({"cases:read:planning"}), allowed):
            asked = {"scope": " ".join(sorted(scopes))} if scopes else {}
            answer = sign_in.token(login, grant_type="client_credentials", **asked)
            caller = await verifier.verify(answer.json()["access_token"])
            assert (caller.roles, caller.scopes) == (frozenset({Role.SYSTEM}), scopes)

    def test_are_refused_a_scope_that_is_not_theirs(self, sign_in: SignIn) -> None:
        login = ("kcity-system-planning", "development-kcity-system-planning")
        answer = sign_in.token(login, grant_type="client_credentials", scope="cases:read")
        assert answer.json()["error"] == "invalid_scope"

    def test_are_refused_with_another_secret(self, sign_in: SignIn) -> None:
        answer = sign_in.token(("kcity-system", "guessed"), grant_type="client_credentials")
        assert answer.status_code == httpx.codes.UNAUTHORIZED

    @pytest.mark.parametrize("name", ["kcity-system", "kcity-front-end"])
    def test_nobody_trades_a_persons_password_for_a_token(self, sign_in: SignIn, name: str) -> None:
        form = {"grant_type": "password", "username": SOMEBODY, "password": "development-sample"}
        login = None if name == "kcity-front-end" else (name, f"development-{name}")
        answer = sign_in.token(login, client_id=name, **form)
        assert answer.json()["error"] == "unauthorized_client"


class TestKeys:
    async def test_are_rotated_while_the_services_run(
        self, keycloak: KeycloakServer, sign_in: SignIn, verifier: TokenVerifier
    ) -> None:
        before = sign_in.exchange(sign_in.code(SOMEBODY)).json()["access_token"]
        await verifier.verify(before)
        _new_key(keycloak)
        with SignIn(keycloak.issuer) as later:
            after = later.exchange(later.code(SOMEBODY)).json()["access_token"]
        assert before.split(".")[0] != after.split(".")[0]
        assert (await verifier.verify(after)).subject == (await verifier.verify(before)).subject


def _new_key(keycloak: KeycloakServer) -> None:
    """What an administrator does in the console: a key that goes before the present one."""
    settings = keycloak.settings
    form = {
        "grant_type": "password",
        "client_id": "admin-cli",
        "username": settings["KC_BOOTSTRAP_ADMIN_USERNAME"],
        "password": settings["KC_BOOTSTRAP_ADMIN_PASSWORD"],
    }
    with httpx.Client(base_url=keycloak.url, trust_env=False, timeout=60) as http:
        token = http.post("/realms/master/protocol/openid-connect/token", data=form).json()["access_token"]
        added = http.post(
            "/admin/realms/kcity/components",
            headers={"Authorization": f"Bearer {token}"},
            json={
                "name": "rotated",
                "providerId": "ecdsa-generated",
                "providerType": "org.keycloak.keys.KeyProvider",
                "config": {"priority": ["1000"], "ecdsaEllipticCurveKey": ["P-256"]},
            },
        )
    assert added.status_code == httpx.codes.CREATED, added.text
