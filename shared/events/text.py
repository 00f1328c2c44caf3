"""Text that exists in Korean, English or both."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["ko", "en"]


class LocalText(BaseModel):
    """The same text by language; at least one is there, a missing one is not published."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    ko: str | None = Field(default=None, min_length=1, max_length=2_000)
    en: str | None = Field(default=None, min_length=1, max_length=2_000)

    @model_validator(mode="after")
    def _is_said_in_one_language(self) -> "LocalText":
        if self.ko is None and self.en is None:
            raise ValueError("a text needs Korean (ko) or English (en)")
        return self

    def in_language(self, language: Language) -> str:
        """The text in ``language``, or in the other one where it is not published."""
        wanted, other = (self.ko, self.en) if language == "ko" else (self.en, self.ko)
        return wanted or other or ""
