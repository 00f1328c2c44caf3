from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.receipt_number import (
    ALPHABET,
    BITS,
    NumbersExhausted,
    ReceiptCipher,
    check_symbol,
    is_receipt_number,
    receipt_number,
)

NUMBERS = st.integers(0, 2**BITS - 1)
SEVEN = st.text(ALPHABET, min_size=7, max_size=7)
CIPHER = ReceiptCipher("a secret")


class TestReceiptCipher:
    @given(NUMBERS)
    def test_is_a_bijection(self, number: int) -> None:
        assert CIPHER.restore(CIPHER.permute(number)) == number
        assert CIPHER.permute(CIPHER.restore(number)) == number

    @given(NUMBERS)
    def test_stays_within_35_bits(self, number: int) -> None:
        assert 0 <= CIPHER.permute(number) < 2**BITS

    def test_gives_another_order_under_another_secret(self) -> None:
        images = [[ReceiptCipher(secret).permute(number) for number in range(50)] for secret in ("a", "b")]
        assert images[0] != images[1]

    def test_does_not_show_which_number_came_first(self) -> None:
        images = [CIPHER.permute(number) for number in range(1000)]
        risings = sum(after > before for before, after in pairwise(images))
        assert 400 < risings < 600

    @pytest.mark.parametrize("number", [-1, 2**BITS])
    def test_refuses_what_does_not_fit(self, number: int) -> None:
        with pytest.raises(NumbersExhausted):
            CIPHER.permute(number)


class TestReceiptNumber:
    def test_looks_as_announced(self) -> None:
        assert receipt_number("KCN-2025", "D", 0) == "KCN-2025-D-0000-0000"
        assert receipt_number("KCN-2025", "P", 2**BITS - 1).startswith("KCN-2025-P-ZZZZ-ZZZ")

    @given(NUMBERS)
    def test_fits_its_own_check_symbol(self, image: int) -> None:
        assert is_receipt_number(receipt_number("KCN-2025", "D", image))

    @given(SEVEN, st.integers(0, 7), st.sampled_from(ALPHABET))
    def test_shows_every_wrong_symbol(self, symbols: str, place: int, wrong: str) -> None:
        whole = symbols + check_symbol(symbols)
        changed = whole[:place] + wrong + whole[place + 1 :]
        assert is_receipt_number(f"{changed[:4]}-{changed[4:]}") == (changed == whole)

    @given(SEVEN, st.integers(0, 6))
    def test_shows_every_swap_of_neighbours(self, symbols: str, place: int) -> None:
        whole = symbols + check_symbol(symbols)
        swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
        assert is_receipt_number(f"{swapped[:4]}-{swapped[4:]}") == (swapped == whole)

    @pytest.mark.parametrize("text", ["", "KCN", "KCN-2025-D-000-00000-1", "KCN-2025-D-0000-000I"])
    def test_refuses_what_is_no_number(self, text: str) -> None:
        assert not is_receipt_number(text)
