"""Addresses in a broker's answers are rewritten, wherever the stream is cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.chaos.faults.signpost import Rewriter, address_bytes

OLD, NEW = address_bytes(19_092), address_bytes(40_001)


@given(st.lists(st.sampled_from([OLD, OLD[:7], b"x", b"127.0.0.1", b""])), st.data())
def test_every_occurrence_is_replaced_however_the_stream_is_cut(
    parts: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    rewriter = Rewriter(OLD, NEW)
    edges = [0, *cuts, len(stream)]
    passed = [rewriter.feed(stream[a:b]) for a, b in pairwise(edges)]
    assert b"".join([*passed, rewriter.rest()]) == stream.replace(OLD, NEW)


def test_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="same length"):
        Rewriter(b"ab", b"abc")
