from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.canonical import NotCanonical, canonical_bytes, sha256_hex

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


class TestCanonicalBytes:
    def test_sorts_keys_and_keeps_korean_text_as_it_is(self) -> None:
        assert canonical_bytes({"나": 1, "b": [True, None], "a": "0.25"}) == (
            '{"a":"0.25","b":[true,null],"나":1}'.encode()
        )

    def test_gives_a_known_digest(self) -> None:
        assert sha256_hex(canonical_bytes({})) == (
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        )

    @given(values)
    def test_depends_on_the_meaning_not_on_the_order_of_keys(self, value: Any) -> None:
        def turned(item: Any) -> Any:
            if isinstance(item, dict):
                return {key: turned(item[key]) for key in reversed(item)}
            return [turned(member) for member in item] if isinstance(item, list) else item

        assert canonical_bytes(turned(value)) == canonical_bytes(value)

    @pytest.mark.parametrize("fraction", [0.5, 1.0, Decimal("0.5"), float("nan")])
    def test_refuses_a_fraction_that_is_no_string_and_says_where(self, fraction: Any) -> None:
        with pytest.raises(NotCanonical, match="/weights/1"):
            canonical_bytes({"weights": [1, fraction]})

    @pytest.mark.parametrize("value", [2**53, {1: "a"}, b"bytes", {"a": "\ud800"}, {"a": {1, 2}}])
    def test_refuses_what_readers_would_understand_differently(self, value: Any) -> None:
        with pytest.raises(NotCanonical):
            canonical_bytes(value)
