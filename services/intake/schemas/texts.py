"""Texts, countries, numbers and addresses as they are written in requests."""

import re
from typing import Annotated

import pycountry
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from services.intake.domain.business_number import is_business_number
from shared.http.schema import Schema

LONGEST_LINE = 300
LONGEST_TEXT = 2_000  # what LocalText carries in events
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_LONGEST_LOCAL_PART = 64


def _is_country(code: str) -> str:
    if pycountry.countries.get(alpha_2=code) is None:
        raise ValueError("no country has this ISO 3166-1 code")
    return code


def _is_address(address: str) -> str:
    if not _ADDRESS.fullmatch(address) or len(address.partition("@")[0]) > _LONGEST_LOCAL_PART:
        raise ValueError("this is no e-mail address we can send to")
    return address


def _digits(number: str) -> str:
    digits = number.replace("-", "")
    if not is_business_number(digits):
        raise ValueError("the check digit does not fit: look for a slip")
    return digits


def _is_said(text: str) -> str:
    if not text.strip():
        raise ValueError("it is blank")
    return text


Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_LINE, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$"),
    AfterValidator(_is_said),
]
Paragraph = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_TEXT, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$"),
    AfterValidator(_is_said),
]
Country = Annotated[
    str,
    StringConstraints(max_length=2, pattern=r"^[A-Z]{2}$"),
    AfterValidator(_is_country),
    Field(description="ISO 3166-1 alpha-2", examples=["VN"]),
]
Address = Annotated[
    str,
    StringConstraints(max_length=LONGEST_ADDRESS),
    AfterValidator(_is_address),
    Field(examples=["officer@city.example"], json_schema_extra={"format": "email"}),
]
BusinessNumber = Annotated[
    str,
    StringConstraints(max_length=12, pattern=r"^[0-9]{3}-?[0-9]{2}-?[0-9]{5}$"),
    AfterValidator(_digits),
    Field(description="Ten digits, the last of them a check digit", examples=["124-81-00998"]),
]


class LineText(Schema):
    """A line in Korean (ko), English (en) or both; null removes one of them."""

    ko: Line | None = None
    en: Line | None = None

    @model_validator(mode="after")
    def _names_a_language(self) -> "LineText":
        if not self.model_fields_set:
            raise ValueError("name ko, en or both")
        return self


class ParagraphText(Schema):
    """A text in Korean (ko), English (en) or both; null removes one of them."""

    ko: Paragraph | None = None
    en: Paragraph | None = None

    @model_validator(mode="after")
    def _names_a_language(self) -> "ParagraphText":
        if not self.model_fields_set:
            raise ValueError("name ko, en or both")
        return self


class TextOut(Schema):
    """A text by language; one that was not given is null."""

    ko: str | None = None
    en: str | None = None
