"""What a page tells programs that read it: schema.org, as JSON-LD. Pure."""

from typing import Any

from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.entry import ProjectPage
from services.catalog.pages.views.wording import Wording

_CONTEXT = "https://schema.org"


def of_home(wording: Wording, addresses: Addresses) -> dict[str, Any]:
    """The catalogue as a data set on a site that can be searched."""
    words = wording.words
    name = f"{words.site.name}: {words.site.catalogue}"
    listed = addresses.absolute(f"/{wording.language}/projects")
    return {
        "@context": _CONTEXT,
        "@graph": [
            {
                "@type": "WebSite",
                "name": name,
                "url": addresses.canonical(),
                "inLanguage": wording.language,
                "publisher": {"@type": "GovernmentOrganization", "name": words.site.ministry},
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {"@type": "EntryPoint", "urlTemplate": f"{listed}?q={{q}}"},
                    "query-input": "required name=q",
                },
            },
            {
                "@type": "Dataset",
                "name": name,
                "description": words.home.description,
                "url": addresses.canonical(),
                "isAccessibleForFree": True,
                "creator": {"@type": "GovernmentOrganization", "name": words.site.ministry},
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "encodingFormat": "application/json",
                        "contentUrl": addresses.absolute("/v1/projects"),
                    }
                ],
            },
        ],
    }


def of_project(page: ProjectPage, wording: Wording, addresses: Addresses) -> dict[str, Any]:
    """The project; what is not published is left out."""
    of = page.entry.project
    place: dict[str, Any] = {"@type": "Place", "name": page.place}
    if of.country is not None:
        place["address"] = {"@type": "PostalAddress", "addressCountry": of.country.iso2}
    if of.position is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": of.position.latitude,
            "longitude": of.position.longitude,
        }
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Project",
        "@id": addresses.canonical(),
        "url": addresses.canonical(),
        "name": page.heading.text,
        "description": page.description,
        "parentOrganization": {"@type": "Organization", "name": wording.words.site.name},
    }
    if page.place:
        told["location"] = place
    if (organisation := wording.say(of.organisation)) is not None:
        told["member"] = {"@type": "Organization", "name": organisation.text}
    if of.support_krw is not None:
        amount = {"@type": "MonetaryAmount", "currency": "KRW", "value": of.support_krw}
        told["funding"] = {"@type": "Grant", "amount": amount}
    if of.sources:
        told["subjectOf"] = [{"@type": "WebPage", "url": source} for source in of.sources]
    return told
