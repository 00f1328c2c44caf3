import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ids import new_uuid
from shared.pagination import CursorInvalid, CursorMismatch, PageParams

QUERY = {"route": "/v1/calls", "track": "planning", "organisation_id": "a"}


def itself(row: int) -> tuple[int]:
    return (row,)


def forged(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


class TestPages:
    @given(st.integers(0, 60), st.integers(1, 25))
    def test_show_every_item_once_and_in_order(self, count: int, limit: int) -> None:
        everything = list(range(count))
        shown: list[int] = []
        cursor: str | None = None
        while True:
            page = PageParams(limit, cursor)
            after = page.after(QUERY, int)
            rows = [row for row in everything if after is None or row > after[0]][: page.fetch]
            items, cursor = page.cut(QUERY, rows, itself)
            shown += items
            if cursor is None:
                break
        assert shown == everything

    def test_give_the_keys_back_in_their_types(self) -> None:
        instant, identifier = datetime(2025, 9, 1, 9, tzinfo=UTC), new_uuid()
        rows = [(instant, identifier, "서울\n", None)] * 2
        _, cursor = PageParams(1, None).cut(QUERY, rows, lambda row: row)
        keys = PageParams(1, cursor).after(QUERY, datetime.fromisoformat, UUID, str, lambda key: key)
        assert keys == rows[0]


class TestCursor:
    @pytest.fixture
    def cursor(self) -> str:
        _, cursor = PageParams(1, None).cut(QUERY, [1, 2], itself)
        assert cursor is not None
        return cursor

    def test_is_refused_for_another_filter_or_another_caller(self, cursor: str) -> None:
        for other in ({**QUERY, "track": "demonstration"}, {**QUERY, "organisation_id": "b"}):
            with pytest.raises(CursorMismatch):
                PageParams(1, cursor).after(other, int)

    def test_is_refused_for_a_list_with_other_sort_keys(self, cursor: str) -> None:
        with pytest.raises(CursorInvalid):
            PageParams(1, cursor).after(QUERY, int, int)
        with pytest.raises(CursorInvalid):
            PageParams(1, cursor).after(QUERY, UUID)

    @pytest.mark.parametrize(
        "content",
        [
            {},
            [],
            1,
            None,
            [1],
            ["x", 1.5],
            ["x", [1]],
            ["x", True],
            ["x", 2**63],
            ["x", "\0"],
            ["x", "\ud800"],
        ],
    )
    def test_is_refused_when_its_content_was_made_up(self, content: Any) -> None:
        with pytest.raises(CursorInvalid):
            PageParams(1, forged(content)).after(QUERY, int)

    @given(st.text(min_size=1, max_size=50))
    def test_is_refused_when_it_is_garbage(self, garbage: str) -> None:
        with pytest.raises((CursorInvalid, CursorMismatch)):
            PageParams(1, garbage).after(QUERY, int)
