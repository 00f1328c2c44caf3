"""Counted numbers, beside the published ones."""

from typing import Literal

from pydantic import Field

from services.catalog.domain.project import Stage
from services.catalog.domain.sector import Sector
from services.catalog.domain.statistics import CountryRow, Figure, Statistics, Total
from services.catalog.schemas.texts import BilingualOut, CountryOut
from shared.http.schema import Schema


class FigureOut(Schema):
    """A number with what it counts and where that can be checked."""

    value: int | None = Field(description="null: not published", examples=[49])
    basis: BilingualOut = Field(description="What is counted, in words to show beside the number")
    source: str = Field(description="A document, or the address of the list that was counted")


class TotalOut(Schema):
    """One measure three times: published by the ministry, counted as completed, counted as selected since."""

    measure: Literal["projects", "countries", "development_plan", "solution_plan", "plan", "demonstration"]
    published: FigureOut
    completed: FigureOut
    selected: FigureOut

    @classmethod
    def of(cls, total: Total) -> "TotalOut":
        """The answer for a total."""
        return cls.model_validate(total)


class CountsOut(Schema):
    """Counted projects; `plan` are plans of unknown kind, `countries` those that are published."""

    projects: int
    countries: int
    development_plan: int
    solution_plan: int
    plan: int
    demonstration: int


class YearOut(Schema):
    """The projects selected in one year."""

    selection_year: int
    completed: CountsOut
    selected: CountsOut


class CountryRowOut(Schema):
    """The projects in one country."""

    country: CountryOut | None = Field(description="null: not published")
    completed: CountsOut
    selected: CountsOut

    @classmethod
    def of(cls, row: CountryRow) -> "CountryRowOut":
        """The answer for a row."""
        return cls(
            country=CountryOut.of(row.country),
            completed=CountsOut.model_validate(row.completed),
            selected=CountsOut.model_validate(row.selected),
        )


class SectorRowOut(Schema):
    """The projects of one sector. A project can have several, so the rows add up to more than there are."""

    sector: Sector | None = Field(description="null: no published title says what it is about")
    completed: CountsOut
    selected: CountsOut


class StageRowOut(Schema):
    """How many projects have come this far and no further."""

    stage: Stage
    projects: int


class StatisticsOut(Schema):
    """What can be counted, beside what the ministry published: the two differ where values are not published."""

    totals: list[TotalOut]
    countries_added: FigureOut = Field(description="Countries that only selected projects have")
    by_year: list[YearOut] = Field(description="Counted from the same lists as `totals`, oldest year first")
    by_country: list[CountryRowOut] = Field(
        description="Counted from the same lists as `totals`, by country code; the last row may have country "
        "null: not published"
    )
    by_sector: list[SectorRowOut] = Field(
        description="Counted from the same lists as `totals`; sectors are derived from the published titles "
        "(or stated by somebody): nobody published them"
    )
    by_stage: list[StageRowOut] = Field(description="Every stage, the first one first")

    @classmethod
    def of(cls, statistics: Statistics) -> "StatisticsOut":
        """The answer for the statistics."""
        return cls(
            totals=[TotalOut.of(total) for total in statistics.totals],
            countries_added=_figure(statistics.countries_added),
            by_year=[YearOut.model_validate(row) for row in statistics.by_year],
            by_country=[CountryRowOut.of(row) for row in statistics.by_country],
            by_sector=[SectorRowOut.model_validate(row) for row in statistics.by_sector],
            by_stage=[StageRowOut.model_validate(row) for row in statistics.by_stage],
        )


def _figure(figure: Figure) -> FigureOut:
    return FigureOut.model_validate(figure)
