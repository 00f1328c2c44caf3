"""Settings of catalog's processes."""

from pathlib import Path

from pydantic import Field

from shared.settings import ServiceName, Settings

SHIPPED_LIST = Path(__file__).parent / "data" / "completed-projects.csv"


class CatalogSettings(Settings):
    """What catalog knows beyond what all processes know."""

    service: ServiceName = "catalog"
    completed_projects_file: Path = Field(
        default=SHIPPED_LIST,
        description="the list of completed projects, read at each start of the worker; an operator completes "
        "values that become public by giving a fuller list",
    )
