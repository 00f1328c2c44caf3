"""What a page tells programs that read it: what the API says in schema.org, in the page's language. Pure."""

from typing import Any

from services.catalog.domain.entry import Entry
from services.catalog.linked_data import (
    SCHEMA_ORG,
    data_set_in_schema_org,
    in_language,
    project_in_schema_org,
)
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.wording import Wording


def of_home(wording: Wording, addresses: Addresses) -> dict[str, Any]:
    """The catalogue as a data set on a site that can be searched."""
    words = wording.words
    described = in_language(data_set_in_schema_org(addresses.absolute("")), wording.language)
    listed = addresses.absolute(f"/{wording.language}/projects")
    site = {
        "@type": "WebSite",
        "name": f"{words.site.name}: {words.site.catalogue}",
        "url": addresses.canonical(),
        "inLanguage": wording.language,
        "publisher": described["creator"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{listed}?q={{q}}"},
            "query-input": "required name=q",
        },
    }
    return {"@context": SCHEMA_ORG, "@graph": [site, described]}


def of_project(entry: Entry, wording: Wording, addresses: Addresses) -> dict[str, Any]:
    """The project; what is not published is left out, and a heading that stands for a title is none."""
    told = in_language(project_in_schema_org(entry, addresses.absolute("")), wording.language)
    return {**told, "url": addresses.canonical()}
