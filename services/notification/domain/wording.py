"""How dates, instants and money are written in a mail. Pure.

Instants are shown in Korean Standard Time, which has been UTC+9 without summer time since 1988.
"""

import unicodedata
from datetime import date, datetime, timedelta, timezone

from services.notification.domain.message import Language

KST = timezone(timedelta(hours=9), "KST")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS_KO = "월화수목금토일"
_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
_REORDERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def single_line(value: object) -> str:
    """Text that cannot leave its line: controls and line separators become spaces, reordering marks go."""
    kept = (
        " " if unicodedata.category(character) in _BREAKING else character
        for character in str(value)
        if character not in _REORDERING
    )
    return " ".join("".join(kept).split())


def instant_text(instant: datetime, language: Language) -> str:
    """An instant to the second, in Korean time."""
    local = instant.astimezone(KST)
    clock = f"{local:%H:%M:%S}"
    if language == "ko":
        return f"{local.year}년 {local.month}월 {local.day}일 {clock}(한국 표준시)"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {clock} (Korean time, UTC+9)"


def day_text(day: date, language: Language) -> str:
    """A day; in Korean with its weekday."""
    if language == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일({_WEEKDAYS_KO[day.weekday()]})"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def won_text(amount_krw: int, language: Language) -> str:
    """An amount in won, with thousands separated."""
    return f"{amount_krw:,}원" if language == "ko" else f"KRW {amount_krw:,}"
