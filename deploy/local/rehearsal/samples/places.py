"""Cities abroad that the invented projects are about. The cities are real, every project about them is not."""

from dataclasses import dataclass
from typing import TypedDict


class Text(TypedDict, total=False):
    """A text in Korean, English or both, as the API takes it."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Place:
    """A city with its names and its country (ISO 3166-1 alpha-2)."""

    en: str
    ko: str
    country: str

    @property
    def name(self) -> Text:
        """Its name in both languages."""
        return {"ko": self.ko, "en": self.en}


_ROWS = """
Da Nang|다낭|VN
Surabaya|수라바야|ID
Chiang Mai|치앙마이|TH
Cebu|세부|PH
Penang|페낭|MY
Almaty|알마티|KZ
Samarkand|사마르칸트|UZ
Darkhan|다르항|MN
Luang Prabang|루앙프라방|LA
Battambang|바탐방|KH
Pokhara|포카라|NP
Kandy|캔디|LK
Pune|푸네|IN
Aqaba|아카바|JO
Salalah|살랄라|OM
Tabuk|타부크|SA
Sharjah|샤르자|AE
Alexandria|알렉산드리아|EG
Rabat|라바트|MA
Sfax|스팍스|TN
Mombasa|몸바사|KE
Kigali|키갈리|RW
Kumasi|쿠마시|GH
Hawassa|하와사|ET
Arusha|아루샤|TZ
Arequipa|아레키파|PE
Cuenca|쿠엥카|EC
Medellín|메데인|CO
Valparaíso|발파라이소|CL
Encarnación|엔카르나시온|PY
Cartago|카르타고|CR
Colón|콜론|PA
Santiago de los Caballeros|산티아고데로스카바예로스|DO
Guadalajara|과달라하라|MX
İzmir|이즈미르|TR
Gdańsk|그단스크|PL
Brno|브르노|CZ
Debrecen|데브레첸|HU
Cluj-Napoca|클루지나포카|RO
Braga|브라가|PT
Valencia|발렌시아|ES
Kutaisi|쿠타이시|GE
Ganja|간자|AZ
Osh|오시|KG
Varna|바르나|BG
Hue|후에|VN
Makassar|마카사르|ID
Davao|다바오|PH
Johor Bahru|조호르바루|MY
Astana|아스타나|KZ
Bukhara|부하라|UZ
Erdenet|에르데네트|MN
Savannakhet|사반나케트|LA
Kampot|캄포트|KH
Galle|갈레|LK
Mysuru|마이소르|IN
Irbid|이르비드|JO
Sohar|소하르|OM
Tangier|탕헤르|MA
Kisumu|키수무|KE
Huye|후예|RW
Tamale|타말레|GH
Dodoma|도도마|TZ
Trujillo|트루히요|PE
Barranquilla|바랑키야|CO
Antofagasta|안토파가스타|CL
Puebla|푸에블라|MX
Konya|코니아|TR
Lublin|루블린|PL
Batumi|바투미|GE
"""

PLACES: tuple[Place, ...] = tuple(Place(*row.split("|")) for row in _ROWS.split("\n") if row)
