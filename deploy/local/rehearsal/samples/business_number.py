"""Korean business registration numbers that nobody can have."""

INVENTED_PREFIX = "99999"
"""Tax offices are numbered far below 999, and no kind of business is 99: the range is plainly made up."""
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_SERIALS = 10_000


def business_number(serial: int) -> str:
    """The invented number with this serial (0–9999): ten digits with the right check digit.

    The nine digits are weighed 1,3,7,1,3,7,1,3,5 and summed, the tens of five times the ninth added; the
    tenth makes the sum divisible by ten. Raises ``ValueError`` for another serial.
    """
    if not 0 <= serial < _SERIALS:
        raise ValueError(f"a serial has four digits: {serial}")
    digits = [int(digit) for digit in f"{INVENTED_PREFIX}{serial:04d}"]
    total = sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True))
    total += digits[-1] * _WEIGHTS[-1] // 10
    return "".join(map(str, digits)) + str(-total % 10)
