"""Every template with sample values: ``python -m services.notification.mail.samples [--write FOLDER]``.

The values are made up; previews and the snapshots of the tests show them.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from services.notification.domain.message import LANGUAGES, Language, Template
from services.notification.mail.templates import Surroundings, Words, newest_version, write_words

_NAMES: dict[Language, str] = {"ko": "(받는 분)", "en": "(addressee)"}
PUBLIC_URL = "https://kcity.example"

_CALL: dict[str, Any] = {
    "call_code": "KCN-2025",
    "call_name": {"ko": "2025년 K-City Network 공모", "en": "K-City Network 2025 call"},
    "track_name": {"ko": "해외실증형", "en": "Overseas demonstration"},
    "secretariat": {"ko": "국토교통과학기술진흥원(KAIA)", "en": "KAIA"},
    "receipt_no": "KCN-2025-D-7F3K-9QX2",
    "project_title": {"ko": "스마트 교통 실증 사업", "en": "Smart traffic demonstration"},
    "organisation": {"ko": "주식회사 보기", "en": "Example Corp."},
}
_APPEAL: dict[str, Any] = {"file_within_days": 10, "answer_within_days": 30}
_NEXT: dict[str, Any] = {
    "pre_consulting": False,
    "result_expected": {"ko": "2025년 4월", "en": "April 2025"},
}
_PARTNER = {"en": "City of Example"}

SAMPLES: dict[Template, dict[str, Any]] = {
    Template.RECEIPT: _CALL
    | _NEXT
    | {
        "arrived_at": "2025-03-11T08:59:59.999000+00:00",
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "rolls_over": False,
        "partner_name": _PARTNER,
    },
    Template.PARTNER_CONFIRMATION_REQUEST: _CALL
    | {"partner_name": _PARTNER, "confirmation_id": "0195a000-0000-7000-8000-000000000001"},
    Template.DECISION_ELIGIBLE: _CALL | _NEXT | {"decided_at": "2025-03-20T05:00:00+00:00"},
    Template.DECISION_INELIGIBLE: _CALL
    | _APPEAL
    | {
        "decided_at": "2025-03-20T05:00:00+00:00",
        "rules": [
            {
                "ko": "해외 협력 기관이 참여하여야 합니다.",
                "en": "A partner body abroad must take part.",
            }
        ],
    },
    Template.SELECTION: _CALL | {"support_krw": 400_000_000, "announced_at": "2025-04-25T01:00:00+00:00"},
    Template.NON_SELECTION: _CALL | _APPEAL | {"announced_at": "2025-04-25T01:00:00+00:00"},
    Template.EXPO_INVITATION: _CALL
    | {
        "invitation_id": "0195a000-0000-7000-8000-000000000002",
        "issued_at": "2025-05-02T01:00:00+00:00",
        "occasion_name": {"ko": "2025 월드 스마트시티 엑스포", "en": "World Smart City Expo 2025"},
        "place": {"ko": "부산 벡스코(BEXCO)", "en": "BEXCO, Busan"},
        "starts_on": "2025-07-15",
        "ends_on": "2025-07-17",
    },
}


def sample_words(
    template: Template, language: Language, *, public_url: str = PUBLIC_URL, rehearsal: bool = False
) -> Words:
    """A template's newest version with its sample values; the addressee's name is left open."""
    link = f"{public_url.rstrip('/')}/intake/v1/partner-confirmations/sample-link"
    surroundings = Surroundings(_NAMES[language], public_url, rehearsal, link)
    return write_words(template, newest_version(template), language, SAMPLES[template], surroundings)


def as_file(words: Words) -> str:
    """How a sample lies in a file: subject, empty line, text."""
    return f"{words.subject}\n\n{words.text}"


def main() -> None:
    """Print all samples, or write one file each."""
    parser = argparse.ArgumentParser(prog="python -m services.notification.mail.samples", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write files instead of printing")
    chosen = parser.parse_args()
    for template in Template:
        for language in LANGUAGES:
            content = as_file(sample_words(template, language))
            if chosen.write is None:
                sys.stdout.write(f"{'=' * 100}\n{template.value} {language}\n{'-' * 100}\n{content}\n")
            else:
                chosen.write.mkdir(parents=True, exist_ok=True)
                (chosen.write / f"{template.value}.{language}.txt").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
