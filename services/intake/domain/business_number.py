"""Korean business registration numbers. Pure."""

import re

_FORM = re.compile(r"\d{10}")
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def is_business_number(digits: str) -> bool:
    """Whether ten digits carry the right check digit.

    The first nine are weighed 1,3,7,1,3,7,1,3,5 and summed; the tens of five times the ninth are added; the
    tenth makes the sum divisible by ten.
    """
    if not _FORM.fullmatch(digits):
        return False
    numbers = [int(digit) for digit in digits]
    total = sum(weight * number for weight, number in zip(_WEIGHTS, numbers, strict=False))
    total += numbers[8] * 5 // 10
    return (10 - total % 10) % 10 == numbers[9]
