"""Receipt numbers such as ``KCN-2025-D-7F3K-9QX2``: they tell nobody how many applied, and a slip is seen.

The scheme: call code, letter of the track, then eight Crockford base32 symbols in two groups of four.
The first seven carry 35 bits: a number of a database sequence, taken through a keyed permutation (a Feistel
network over halves of 17 and 18 bits, eight rounds of HMAC-SHA256). Two numbers never give the same receipt
number, and without the key nobody can tell which came first. The eighth is a check symbol: a weighted sum
over the field GF(32) with eight different weights, so that every wrong symbol and every swap of two
symbols is found. Pure.
"""

import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 35
SYMBOLS = 7
_LEFT_BITS, _RIGHT_BITS = 17, 18
_LEFT, _RIGHT = (1 << _LEFT_BITS) - 1, (1 << _RIGHT_BITS) - 1
_ROUNDS = 8
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: primitive, so that the powers of 2 are all different
_FIELD_SIZE = 32


class NumbersExhausted(ValueError):
    """The sequence left the 35 bits a receipt number can carry."""


class ReceiptCipher:
    """The keyed permutation of 0 … 2^35 − 1."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.new(secret.encode(), digestmod=hashlib.sha256)

    def permute(self, number: int) -> int:
        """The image of ``number``; ``restore`` is its inverse. Raises ``NumbersExhausted`` beyond 35 bits."""
        if not 0 <= number < 1 << BITS:
            raise NumbersExhausted(number)
        left, right = number >> _RIGHT_BITS, number & _RIGHT
        for turn in range(_ROUNDS):
            left, right = self._turn(turn, left, right)
        return left << _RIGHT_BITS | right

    def restore(self, image: int) -> int:
        """The number whose image this is."""
        left, right = image >> _RIGHT_BITS, image & _RIGHT
        for turn in reversed(range(_ROUNDS)):
            left, right = self._turn(turn, left, right)
        return left << _RIGHT_BITS | right

    def _turn(self, turn: int, left: int, right: int) -> tuple[int, int]:
        """One round; doing it twice undoes it, as each half is changed by the other alone."""
        if turn % 2:
            return left, right ^ self._mix(turn, left) & _RIGHT
        return left ^ self._mix(turn, right) & _LEFT, right

    def _mix(self, turn: int, half: int) -> int:
        mac = self._key.copy()
        mac.update(bytes((turn, *half.to_bytes(3, "big"))))
        return int.from_bytes(mac.digest()[:4], "big")


def receipt_number(call_code: str, letter: str, image: int) -> str:
    """The receipt number of a permuted number (see ``ReceiptCipher``) in a track of a call."""
    symbols = "".join(ALPHABET[image >> 5 * place & 31] for place in reversed(range(SYMBOLS)))
    symbols += check_symbol(symbols)
    return f"{call_code}-{letter}-{symbols[:4]}-{symbols[4:]}"


def image_of(number: str) -> int:
    """The permuted number that a receipt number carries; ``ReceiptCipher.restore`` gives the one of the sequence."""
    image = 0
    for symbol in "".join(number.split("-")[-2:])[:SYMBOLS]:
        image = image << 5 | ALPHABET.index(symbol)
    return image


def check_symbol(symbols: str) -> str:
    """The eighth symbol to seven."""
    total = 0
    for place, symbol in enumerate(symbols, start=1):
        total ^= _times(_power(place), ALPHABET.index(symbol))
    return ALPHABET[total]


def is_receipt_number(text: str) -> bool:
    """Whether the last eight symbols fit each other; wrong and swapped symbols do not."""
    symbols = "".join(text.split("-")[-2:])
    if len(symbols) != SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in symbols):
        return False
    return check_symbol(symbols[:SYMBOLS]) == symbols[SYMBOLS]


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        right >>= 1
        left <<= 1
        if left >= _FIELD_SIZE:
            left ^= _FIELD_POLYNOMIAL
    return product


def _power(exponent: int) -> int:
    value = 1
    for _ in range(exponent):
        value = _times(value, 2)
    return value
