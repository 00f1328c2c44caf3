import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ids import new_uuid
from shared.links import LinkInvalid, read_link, sign_link

SECRET = "a secret of enough length for a test"
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


class TestLinks:
    @given(text)
    def test_give_back_the_id_they_were_made_for(self, identifier: str) -> None:
        assert read_link(SECRET, "confirm", sign_link(SECRET, "confirm", identifier)) == identifier

    def test_are_safe_in_an_address(self) -> None:
        token = sign_link(SECRET, "confirm", new_uuid())
        assert all(character.isalnum() or character in "-_." for character in token)

    @pytest.mark.parametrize(("secret", "purpose"), [("another secret", "confirm"), (SECRET, "unsubscribe")])
    def test_do_not_work_with_another_secret_or_for_another_purpose(self, secret: str, purpose: str) -> None:
        with pytest.raises(LinkInvalid):
            read_link(secret, purpose, sign_link(SECRET, "confirm", "id"))

    def test_have_one_spelling_only(self) -> None:
        token = sign_link(SECRET, "confirm", "id")
        identifier, mac = token.split(".")
        last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        spellings = {f"{identifier}.{mac[:-1]}{character}" for character in last} - {token}
        for spelling in spellings | {token + "=", token + "\n", f"{identifier}=.{mac}"}:
            with pytest.raises(LinkInvalid):
                read_link(SECRET, "confirm", spelling)

    @given(st.text(max_size=60))
    def test_refuse_garbage(self, garbage: str) -> None:
        with pytest.raises(LinkInvalid):
            read_link(SECRET, "confirm", garbage)
