"""The words of the start page in both languages."""

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "K-City Network: interfaces",
        "heading": "Build on the K-City Network",
        "lead": "The yearly call of the Korean Ministry of Land, Infrastructure and Transport for smart-city projects "
        "abroad: applications, reviews, mails and the catalogue of projects, open to your programs over HTTP and events.",
        "other": ("ko", "/ko/", "한국어"),
        "catalogue": ("/catalog/en/", "The projects, on a page for everybody"),
        "ways": "For whom you build",
        "audiences": {
            "applicants": ("Applicants", "From the draft to the receipt and the result"),
            "secretariat": ("Secretariat", "Screening, pre-consulting, reviewers, evaluation"),
            "reviewers": ("Reviewers", "Assigned cases, declarations, score sheets"),
            "ministry": ("Ministry", "Calls, approval of selections, invitations"),
            "systems": ("Other systems", "Who am I, and what became of a request"),
            "public": ("Everybody", "Calls, announced selections, the catalogue; no token"),
            "operators": ("Operators", "Health, delivery of events, rehearsals"),
        },
        "documents": "Documents",
        "links": [
            ("/reference/", "Reference", "Every operation with examples in English and Korean"),
            ("/problems/", "Problems", "What each refusal means, and what to do"),
            ("/events/", "Events", "What other services publish on Kafka"),
            ("/openapi.json", "openapi.json", "The whole contract (OpenAPI 3.1), for your generator"),
            ("/asyncapi.json", "asyncapi.json", "The events (AsyncAPI 3), with their JSON Schemas"),
        ],
        "guides": "Guides",
        "guide_names": {
            "integrate": "Integrate in ten minutes",
            "access": "Who may do what",
            "sandbox": "Sandbox: sample data of every state",
            "sample-front-end": "The sample front end, and what to copy from it",
            "versioning": "Versions: what may change",
            "changes": "What changed",
        },
        "try": "Try it out, service by service",
        "services": {
            "intake": "calls, applications, receipts",
            "review": "cases, evaluation, selection",
            "notification": "mails and what became of each",
            "catalog": "completed and selected projects",
        },
    },
    "ko": {
        "title": "K-City 네트워크: 연계 안내",
        "heading": "K-City 네트워크와 연계하기",
        "lead": "국토교통부의 해외 스마트시티 공모 사업입니다. 신청, 평가, 알림, 사업 목록을 HTTP와 이벤트로 연계할 수 있습니다.",
        "other": ("en", "/", "English"),
        "catalogue": ("/catalog/ko/", "누구나 보는 사업 지도와 검색"),
        "ways": "이용자별 안내",
        "audiences": {
            "applicants": ("신청기관", "신청서 작성부터 접수증과 결과까지"),
            "secretariat": ("전담기관", "적격성 검토, 사전컨설팅, 평가위원, 평가"),
            "reviewers": ("평가위원", "배정된 과제, 이해관계 신고, 평가표"),
            "ministry": ("국토교통부", "공모, 선정 승인, 초청"),
            "systems": ("연계 시스템", "인증 정보와 요청 결과 조회"),
            "public": ("누구나", "공모, 발표된 선정 결과, 사업 목록. 토큰이 필요 없습니다"),
            "operators": ("운영자", "상태, 이벤트 전달, 모의 운영"),
        },
        "documents": "문서",
        "links": [
            ("/reference/", "레퍼런스", "모든 기능과 한국어·영어 예시"),
            ("/problems/", "오류", "오류의 뜻과 해결 방법"),
            ("/events/", "이벤트", "Kafka로 발행되는 이벤트"),
            ("/openapi.json", "openapi.json", "전체 명세(OpenAPI 3.1)"),
            ("/asyncapi.json", "asyncapi.json", "이벤트 명세(AsyncAPI 3)와 JSON Schema"),
        ],
        "guides": "안내서",
        "guide_names": {
            "integrate": "10분 만에 연계하기 (영문)",
            "access": "기능별 권한 (영문)",
            "sandbox": "모든 상태의 보기 자료 (영문)",
            "sample-front-end": "보기 화면과 그 구성 (영문)",
            "versioning": "버전 정책 (영문)",
            "changes": "변경 이력 (영문)",
        },
        "try": "서비스별로 직접 호출해 보기",
        "services": {
            "intake": "공모, 신청서, 접수증",
            "review": "과제, 평가, 선정",
            "notification": "메일과 발송 결과",
            "catalog": "완료 사업과 선정 사업",
        },
    },
}


def audience_names() -> dict[str, tuple[str, str]]:
    """What each audience is called, in English and in Korean."""
    korean = WORDS["ko"]["audiences"]
    return {name: (title, korean[name][0]) for name, (title, _) in WORDS["en"]["audiences"].items()}
