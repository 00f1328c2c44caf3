"""Regions of the world (United Nations, M49 sub-regions), named by Unicode CLDR. Pure."""

from functools import cache

from babel import Locale

from services.catalog.pages.words import Language

_MEMBERS = {
    "030": "CN HK JP KP KR MN MO TW",
    "035": "BN ID KH LA MM MY PH SG TH TL VN",
    "034": "AF BD BT IN IR LK MV NP PK",
    "143": "KG KZ TJ TM UZ",
    "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "151": "BG BY CZ HU MD PL RO RU SK UA",
    "154": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "039": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "155": "AT BE CH DE FR LI LU MC NL",
    "015": "DZ EG EH LY MA SD TN",
    "202": "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW MZ NA NE NG "
    "RE RW SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW",
    "021": "BM CA GL PM US",
    "419": "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS "
    "MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI",
    "009": "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}
_REGION_OF = {iso2: region for region, members in _MEMBERS.items() for iso2 in members.split()}


def region_of(iso2: str) -> str | None:
    """The M49 code of a country's region; None: it is in none."""
    return _REGION_OF.get(iso2)


@cache
def region_name(region: str, language: Language) -> str:
    """What a region is called."""
    return str(Locale(language).territories[region])
