"""What intake's operations are called in Korean."""

KOREAN = {
    "publishCall": "공모 게시",
    "listCalls": "공모 목록 조회",
    "getCall": "공모 조회",
    "createApplication": "신청서 작성 시작",
    "listApplications": "신청서 목록 조회",
    "getApplication": "신청서 조회",
    "changeApplication": "신청서 초안 변경",
    "getCompleteness": "누락·오류 항목 확인",
    "withdrawApplication": "신청 철회",
    "uploadDocument": "제출 서류 올리기",
    "listDocuments": "제출 서류 목록 조회",
    "downloadDocument": "제출 서류 내려받기",
    "deleteDocument": "초안의 제출 서류 삭제",
    "submitApplication": "신청서 제출",
    "getReceipt": "접수증 조회",
    "getReceiptKeys": "접수증 검증용 공개키 조회",
    "getPartnerConfirmation": "협력기관 확인 내용 조회",
    "confirmPartner": "협력기관 참여 확인",
}
