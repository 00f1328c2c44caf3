"""What the invented applicants are called and what they want to build."""

from dataclasses import dataclass

from deploy.local.rehearsal.samples.places import Text


@dataclass(frozen=True, slots=True)
class Theme:
    """A field of smart-city work, and what a project in it would do."""

    en: str
    ko: str
    firm_en: str
    firm_ko: str
    aim_en: str
    aim_ko: str

    @property
    def title(self) -> Text:
        """The theme as a part of a title."""
        return {"ko": self.ko, "en": self.en}


_THEMES = """
Traffic signal control|교통신호 제어|Signal|신호|shorten waiting times at junctions by signals that follow the traffic|교통량에 따라 바뀌는 신호로 교차로 대기 시간을 줄입니다
Bus information|버스 정보|Transit|교통|tell passengers when the next bus comes, at stops and on telephones|정류장과 휴대전화에서 버스 도착 시각을 알려 줍니다
Smart parking|스마트 주차|Parking|주차|lead drivers to free parking places and away from the old town|빈 주차면을 안내하여 구도심의 배회 차량을 줄입니다
Flood warning|침수 경보|Water|물길|warn quarters along the river before they are flooded|하천변 주거지에 침수 전에 경보를 보냅니다
Leak detection in water mains|상수도 누수 탐지|Pipe|관망|find leaks in water mains before they are seen|상수도관의 누수를 눈에 띄기 전에 찾아냅니다
Waste collection|생활폐기물 수거|Clean|맑음|collect waste when containers are full instead of by the calendar|달력이 아니라 수거함이 찼을 때 수거합니다
Building energy|건물 에너지|Energy|에너지|lower the energy use of public buildings by measuring it|공공건물의 에너지 사용을 측정하여 줄입니다
Street lighting|가로등|Light|빛|light streets as bright as they need to be, and report broken lamps|필요한 만큼만 밝히고 고장 난 가로등을 스스로 알립니다
Air quality|대기질|Air|공기|show the quality of the air by quarter and by hour|동네별·시간별 대기질을 보여 줍니다
Urban data platform|도시 데이터 플랫폼|Data|데이터|bring the city's data together so that departments plan from one picture|도시의 자료를 모아 부서들이 같은 그림을 보고 계획하게 합니다
Emergency response|긴급 출동|Safety|안전|bring ambulances through the city by a chain of green lights|구급차가 가는 길의 신호를 이어서 열어 줍니다
"""

THEMES: tuple[Theme, ...] = tuple(Theme(*row.split("|")) for row in _THEMES.split("\n") if row)

STEMS: tuple[tuple[str, str], ...] = (
    ("Gaonteo", "가온터"),
    ("Nuribit", "누리빛"),
    ("Daongil", "다온길"),
    ("Raonbyeol", "라온별"),
    ("Marutteul", "마루뜰"),
    ("Baronsaem", "바론샘"),
    ("Saebyeokdal", "새벽달"),
    ("Areumsup", "아름숲"),
    ("Jandinamu", "잔디나무"),
    ("Chorongbul", "초롱불"),
    ("Haetnuri", "햇누리"),
)
"""Invented names; every company is called "Bogi" (보기, "example") besides, so that none is taken for a real one."""

BODIES: tuple[tuple[str, str, str], ...] = (
    ("local_government", "Department of Urban Planning", "도시계획국"),
    ("central_government", "Ministry of Regional Development, Office", "지역개발부 사무소"),
    ("local_government", "Mayor's Office for Digital Services", "시장실 디지털서비스과"),
    ("international_organisation", "Sample Fund for Cities, Office", "도시 표본기금 사무소"),
)
"""Kind, and the name of an invented body that stands before a city's name."""
