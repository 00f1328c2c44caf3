"""Texts and names in both languages."""

from pydantic import Field

from services.catalog.domain.project import Country
from services.catalog.domain.text import Bilingual
from shared.http.schema import Schema


class BilingualOut(Schema):
    """The same text in Korean and English."""

    ko: str | None = Field(description="Korean; null: not published", examples=["교통관리체계 구축"])
    en: str | None = Field(description="English; null: not published", examples=["Traffic management system"])

    @classmethod
    def of(cls, both: Bilingual | None) -> "BilingualOut | None":
        """The answer for a text, None for one that is not published."""
        return cls(ko=both.ko, en=both.en) if both else None


class CountryOut(Schema):
    """A country."""

    iso2: str = Field(description="ISO 3166-1 alpha-2", examples=["VN"])
    name: BilingualOut | None

    @classmethod
    def of(cls, country: Country | None) -> "CountryOut | None":
        """The answer for a country, None for one that is not published."""
        return cls(iso2=country.iso2, name=BilingualOut.of(country.name)) if country else None
