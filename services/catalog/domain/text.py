"""A text in the catalogue's two languages. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same text in Korean and English; a language that is None is not published."""

    ko: str | None
    en: str | None

    @property
    def texts(self) -> tuple[str, ...]:
        """The published ones."""
        return tuple(text for text in (self.ko, self.en) if text is not None)
