import pytest
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

from shared.errors import StaleVersion
from shared.etag import PreconditionRequired, etag_of, if_match, not_modified


def reading(if_none_match: str) -> Request:
    return Request({"type": "http", "headers": [(b"if-none-match", if_none_match.encode())]})


class TestIfMatch:
    async def test_lets_the_version_that_was_read_be_changed(self) -> None:
        (await if_match(etag_of(7))).check(7)

    async def test_lets_one_of_several_versions_be_changed(self) -> None:
        (await if_match('"6", "7"')).check(7)

    @pytest.mark.parametrize("header", ['"6"', 'W/"7"', "7", '"seven"', '"7'])
    async def test_refuses_another_a_weak_or_a_foreign_tag_and_tells_the_present_one(
        self, header: str
    ) -> None:
        precondition = await if_match(header)
        with pytest.raises(StaleVersion) as refused:
            precondition.check(7)
        assert refused.value.facts == {"current_etag": '"7"'}

    @pytest.mark.parametrize("header", [None, "", " ", "*"])
    async def test_is_required_and_must_name_a_version(self, header: str | None) -> None:
        with pytest.raises(PreconditionRequired):
            await if_match(header)


class TestNotModified:
    @pytest.mark.parametrize("header", ['"7"', 'W/"7"', '"1", "7"', "*"])
    def test_answers_304_to_who_has_the_present_version(self, header: str) -> None:
        response = not_modified(reading(header), etag_of(7))
        assert response is not None
        assert (response.status_code, response.headers["etag"]) == (304, '"7"')

    @pytest.mark.parametrize("header", ["", '"6"', "7"])
    def test_answers_in_full_to_everybody_else(self, header: str) -> None:
        assert not_modified(reading(header), etag_of(7)) is None

    def test_refuses_a_header_longer_than_the_contract_allows(self) -> None:
        assert not_modified(reading("x" * 1000), etag_of(7)) is None
        with pytest.raises(RequestValidationError) as refused:
            not_modified(reading("x" * 1001), etag_of(7))
        assert refused.value.errors()[0]["loc"] == ("header", "If-None-Match")
