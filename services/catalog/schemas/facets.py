"""What a list can be narrowed down to."""

from pydantic import Field

from services.catalog.domain.entry import Match
from services.catalog.domain.facets import Facets
from services.catalog.domain.project import ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector
from services.catalog.schemas.texts import CountryOut
from shared.http.schema import Schema


class YearFacet(Schema):
    """Projects selected in one year."""

    value: int = Field(description="Year of selection", examples=[2021])
    projects: int = Field(examples=[1])


class CountryFacet(Schema):
    """Projects in one country."""

    value: CountryOut | None = Field(description="null: not published")
    projects: int = Field(examples=[1])


class TypeFacet(Schema):
    """Projects of one type."""

    value: ProjectType
    projects: int = Field(examples=[1])


class StateFacet(Schema):
    """Projects in one state."""

    value: ProjectState
    projects: int = Field(examples=[1])


class StageFacet(Schema):
    """Projects that are this far."""

    value: Stage
    projects: int = Field(examples=[1])


class SectorFacet(Schema):
    """Projects of one sector; a project can have several."""

    value: Sector | None = Field(description="null: no published title says what it is about")
    projects: int = Field(examples=[1])


class PositionFacet(Schema):
    """Projects with and without a position on the map; what is asked of place does not count here."""

    known: int = Field(description="Projects with a position", examples=[1])
    unknown: int = Field(description="Projects without one", examples=[0])


class FacetsOut(Schema):
    """How many projects fit, and for each value how many would if it replaced what is asked for of its facet."""

    total: int = Field(description="Projects that fit all conditions", examples=[1])
    matched: Match | None = Field(
        description="How much of `q` these projects answer, as in the list; null: nothing was asked in words, or nothing answers it"
    )
    year: list[YearFacet] = Field(description="Years that somebody has, the earliest first")
    country: list[CountryFacet] = Field(description="The most projects first")
    type: list[TypeFacet]
    state: list[StateFacet]
    stage: list[StageFacet] = Field(description="In their order")
    sector: list[SectorFacet] = Field(description="The most projects first")
    position: PositionFacet

    @classmethod
    def of(cls, facets: Facets) -> "FacetsOut":
        """The answer for facets."""
        nations = sorted(facets.countries.items(), key=lambda one: (-one[1], one[0].iso2))
        country = [CountryFacet(value=CountryOut.of(one), projects=count) for one, count in nations]
        if facets.without_country:
            country.append(CountryFacet(value=None, projects=facets.without_country))
        fields = sorted(facets.sectors.items(), key=lambda one: (-one[1], one[0]))
        sector = [SectorFacet(value=one, projects=count) for one, count in fields]
        if facets.without_sector:
            sector.append(SectorFacet(value=None, projects=facets.without_sector))
        return cls(
            total=facets.total,
            matched=facets.matched,
            year=[YearFacet(value=one, projects=count) for one, count in sorted(facets.years.items())],
            country=country,
            type=[
                TypeFacet(value=one, projects=facets.types[one]) for one in ProjectType if one in facets.types
            ],
            state=[
                StateFacet(value=one, projects=facets.states[one])
                for one in ProjectState
                if one in facets.states
            ],
            stage=[
                StageFacet(value=one, projects=facets.stages[one]) for one in Stage if one in facets.stages
            ],
            sector=sector,
            position=PositionFacet(known=facets.with_position, unknown=facets.without_position),
        )
