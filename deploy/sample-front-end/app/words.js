// Everything that the page says, in both languages; what the call says comes with the call.

export const LANGUAGES = ["en", "ko"];
const KEPT = "kcity-language";

const WORDS = {
  en: {
    other: "한국어",
    otherLabel: "한국어로 보기",
    sample: "sample",
    programme: "Applications for smart-city projects abroad",
    signIn: "Sign in to apply",
    signOut: "Sign out",
    signedInAs: "Signed in as {name}",
    home: "Overview",
    openCalls: "Open for applications",
    noCall: "No call is open for applications at the moment.",
    mine: "Your organisation's applications",
    none: "Nothing has been begun yet.",
    begin: "Begin an application",
    untitled: "Untitled application",
    state: { draft: "Draft", submitted: "Submitted", withdrawn: "Withdrawn" },
    open: "Open",
    number: "Receipt number",
    changed: "Last changed",
    kinds: "Who may apply",
    most: "Support per project",
    upTo: "up to {sum} won",
    closes: "Closes",
    cutOff: "Rolling intake; counts for this year until",
    left: "Time left",
    leftUntilCutOff: "Until this year's cut-off",
    days: "days",
    hours: "hours",
    minutes: "min",
    seconds: "sec",
    closed: "The intake is closed",
    closedMore: "Its deadline has passed. The service decides about everything that is on its way.",
    cutOffOver: "This year's cut-off has passed: what comes now counts for next year.",
    stands: "Rehearsal: this clock stands where its operator set it.",
    rehearsal: "Rehearsal. Nothing that is submitted here counts.",
    clockFrom: "Time of the ministry's system, not of this computer.",
    lastHour: "Less than an hour is left. Submit early: what arrives in time is in time, however busy the system is.",
    draftTitle: "Application",
    track: "Track",
    sections: { organisation: "Applicant", project: "Project", contact: "Contact", partner: "Partner body abroad", answers: "About the project", documents: "Documents" },
    korean: "Korean",
    english: "English",
    oneLanguage: "In Korean, English or both.",
    optional: "optional",
    fields: {
      name: "Name",
      kind: "Kind of organisation",
      country: "Country",
      businessNumber: "Business registration number",
      title: "Title of the project",
      summary: "Summary",
      city: "City",
      projectType: "Type of project",
      amount: "Support asked for (won)",
      contactName: "Name of the person to write to",
      email: "E-mail address",
      language: "Language of our mails",
      partnerName: "Name of the partner body",
      partnerKind: "Kind of partner body",
      partnerContact: "Person we ask for confirmation",
      partnerEmail: "E-mail address of that person",
      partnerLanguage: "Language of our mail to them",
    },
    hints: {
      businessNumber: "Ten digits, such as 124-81-00998.",
      amount: "Whole won, at most {sum}.",
      contact: "Receipt and decisions are sent here.",
      partner: "After you submit, we send this person a link to confirm the partnership.",
      lines: "One per line.",
      rows: "One per line: {names}, separated by semicolons.",
      document: "{types}, at most {size}.",
    },
    columns: { name: "name", country_iso2: "country code of two letters" },
    choose: "Please choose",
    options: {
      central_government: "Central government",
      local_government: "Local government",
      international_organisation: "International organisation",
      korean_company: "Korean company",
      public_institution: "Public institution",
      university: "University",
      development_plan: "Smart-city development plan",
      solution_plan: "Solution plan",
      demonstration: "Overseas demonstration",
      ko: "Korean",
      en: "English",
    },
    chooseFile: "Choose a file",
    replaceFile: "Replace",
    removeFile: "Remove",
    uploading: "Sending {name}: {percent} %",
    uploaded: "{name} is stored.",
    removed: "{name} was removed.",
    save: "Save",
    saved: "Saved",
    saving: "Saving …",
    unsaved: "Not saved yet",
    check: "Check what is missing",
    submit: "Submit",
    submitting: "Submitting …",
    complete: "Nothing is missing. You can submit.",
    wrong: { one: "One thing is missing or wrong", many: "{number} things are missing or wrong" },
    wrongLead: "Choose one to go to its place.",
    confirmTitle: "Submit this application?",
    confirmText: "It cannot be changed afterwards. You will get a receipt at once.",
    confirmYes: "Yes, submit it",
    confirmNo: "Not yet",
    receiptTitle: "Received",
    receiptLead: "Keep this receipt. A copy goes to the contact's e-mail address.",
    receivedAt: "Arrived",
    precision: "± {ms} ms, by the ministry's clock",
    exactly: "exactly, by the rehearsal's clock",
    digest: "Digest of everything received (SHA-256)",
    signature: "Signature (Ed25519, JWS)",
    download: "Download the receipt",
    print: "Print",
    back: "Back to the overview",
    withdrawnText: "This application was withdrawn.",
    loading: "One moment …",
    failed: "That did not work",
    tryAgain: "Try again",
    request: "If you ask for help, name request {id}.",
    signedOut: "Please sign in again; your input is kept in this tab.",
    notApplicant: "You are signed in, but not for an organisation that applies. Sign in as an applicant.",
    footer: "Sample front end of K-City Network: what a team can build on the contract and the generated client alone.",
    docs: "Documentation",
    reasons: {
      missing: "Please fill this in.",
      "missing-document": "Please add this document.",
      "not-asked": "This is not asked for: leave it empty.",
      "not-eligible": "This is not allowed on this track.",
      "not-abroad": "The project has to be abroad, not in Korea.",
      "above-maximum": "This is more than the programme gives.",
      "wrong-type": "This type of file is not taken.",
      "too-large": "This is too large.",
      "too-long": "This is too long.",
      pattern: "This is not written as it should be.",
      minLength: "Please write more.",
      maxLength: "This is too long.",
      minimum: "This is too small.",
      maximum: "This is too large.",
      maxItems: "These are too many.",
      enum: "Please choose one of the options.",
      "whole-number": "Please write a whole number in digits.",
      twice: "This stands here twice.",
    },
    problems: {
      incomplete: "The application is not complete yet.",
      "window-closed": "The intake is closed: the request arrived at or after the deadline.",
      "window-not-open": "The intake is not open yet. Your draft is kept.",
      "stale-version": "Somebody of your organisation changed this draft meanwhile. Your input is kept: look over it and save again.",
      "not-a-draft": "This application is no draft any more.",
      "already-submitted": "This application was received already.",
      "document-too-large": "The file is larger than the call allows.",
      "document-type-not-allowed": "This type of file is not taken here.",
      "document-content-mismatch": "The content of the file is not what its name says.",
      "document-empty": "The file is empty.",
      "rate-limited": "Too much at once. Wait a moment and try again.",
      "not-found": "It is not there, or not yours to see.",
      invalid: "Some of this cannot be stored as it is.",
      offline: "No answer came. Your input is kept; check the connection and try again.",
    },
  },
  ko: {
    other: "English",
    otherLabel: "View in English",
    sample: "보기",
    programme: "해외 스마트도시 사업 신청",
    signIn: "로그인하고 신청하기",
    signOut: "로그아웃",
    signedInAs: "{name} 님",
    home: "처음 화면",
    openCalls: "접수 중인 공모",
    noCall: "지금 접수 중인 공모가 없습니다.",
    mine: "우리 기관의 신청서",
    none: "아직 작성한 신청서가 없습니다.",
    begin: "신청서 작성",
    untitled: "제목 없는 신청서",
    state: { draft: "작성 중", submitted: "제출함", withdrawn: "철회함" },
    open: "열기",
    number: "접수번호",
    changed: "마지막 수정",
    kinds: "신청 자격",
    most: "사업당 지원금",
    upTo: "최대 {sum}원",
    closes: "마감",
    cutOff: "상시접수, 올해 심사 마감",
    left: "남은 시간",
    leftUntilCutOff: "올해 심사 마감까지",
    days: "일",
    hours: "시간",
    minutes: "분",
    seconds: "초",
    closed: "접수가 마감되었습니다",
    closedMore: "마감 시각이 지났습니다. 전송 중인 신청은 시스템이 판단합니다.",
    cutOffOver: "올해 심사 마감이 지났습니다. 지금 제출하면 내년에 심사합니다.",
    stands: "리허설: 운영자가 맞춘 시각에 시계가 멈춰 있습니다.",
    rehearsal: "리허설입니다. 여기서 제출한 것은 효력이 없습니다.",
    clockFrom: "이 컴퓨터가 아니라 국토교통부 시스템의 시각입니다.",
    lastHour: "한 시간도 남지 않았습니다. 서둘러 제출하십시오. 마감 전에 도착하면 아무리 붐벼도 제때 접수됩니다.",
    draftTitle: "신청서",
    track: "유형",
    sections: { organisation: "신청기관", project: "사업", contact: "담당자", partner: "해외 협력기관", answers: "사업 내용", documents: "제출 서류" },
    korean: "국문",
    english: "영문",
    oneLanguage: "국문, 영문 또는 둘 다 적습니다.",
    optional: "선택",
    fields: {
      name: "기관명",
      kind: "기관 유형",
      country: "국가",
      businessNumber: "사업자등록번호",
      title: "사업명",
      summary: "사업 개요",
      city: "도시",
      projectType: "사업 유형",
      amount: "지원 요청액(원)",
      contactName: "담당자 이름",
      email: "전자우편 주소",
      language: "안내 메일 언어",
      partnerName: "협력기관명",
      partnerKind: "협력기관 유형",
      partnerContact: "참여 확인을 요청할 사람",
      partnerEmail: "그 사람의 전자우편 주소",
      partnerLanguage: "확인 메일 언어",
    },
    hints: {
      businessNumber: "숫자 열 자리. 예: 124-81-00998",
      amount: "원 단위, 최대 {sum}원",
      contact: "접수증과 결정을 이 주소로 보냅니다.",
      partner: "제출하면 이 사람에게 참여를 확인하는 링크를 보냅니다.",
      lines: "한 줄에 하나씩 적습니다.",
      rows: "한 줄에 하나씩, {names}을(를) 쌍반점(;)으로 나누어 적습니다.",
      document: "{types}, 최대 {size}",
    },
    columns: { name: "기관명", country_iso2: "국가 코드 두 글자" },
    choose: "선택하십시오",
    options: {
      central_government: "중앙정부",
      local_government: "지방정부",
      international_organisation: "국제기구",
      korean_company: "국내 기업",
      public_institution: "공공기관",
      university: "대학",
      development_plan: "스마트도시 기본계획",
      solution_plan: "솔루션 계획",
      demonstration: "해외실증",
      ko: "한국어",
      en: "영어",
    },
    chooseFile: "파일 선택",
    replaceFile: "바꾸기",
    removeFile: "삭제",
    uploading: "{name} 보내는 중: {percent}%",
    uploaded: "{name}을(를) 저장했습니다.",
    removed: "{name}을(를) 삭제했습니다.",
    save: "저장",
    saved: "저장했습니다",
    saving: "저장하는 중 …",
    unsaved: "아직 저장하지 않음",
    check: "빠진 것 확인",
    submit: "제출",
    submitting: "제출하는 중 …",
    complete: "빠진 것이 없습니다. 제출할 수 있습니다.",
    wrong: { one: "빠졌거나 잘못된 것이 한 가지 있습니다", many: "빠졌거나 잘못된 것이 {number}가지 있습니다" },
    wrongLead: "항목을 고르면 그 자리로 갑니다.",
    confirmTitle: "이 신청서를 제출할까요?",
    confirmText: "제출한 뒤에는 고칠 수 없습니다. 접수증을 바로 드립니다.",
    confirmYes: "예, 제출합니다",
    confirmNo: "아직 아닙니다",
    receiptTitle: "접수되었습니다",
    receiptLead: "이 접수증을 보관하십시오. 담당자의 전자우편으로도 보내 드립니다.",
    receivedAt: "도착 시각",
    precision: "± {ms}밀리초, 국토교통부 시계",
    exactly: "정확히, 리허설 시계",
    digest: "접수한 전체 내용의 해시값(SHA-256)",
    signature: "서명(Ed25519, JWS)",
    download: "접수증 내려받기",
    print: "인쇄",
    back: "처음 화면으로",
    withdrawnText: "철회한 신청서입니다.",
    loading: "잠시만 기다려 주십시오 …",
    failed: "처리하지 못했습니다",
    tryAgain: "다시 시도",
    request: "문의하실 때 요청 번호 {id}을(를) 알려 주십시오.",
    signedOut: "다시 로그인하십시오. 입력한 내용은 이 탭에 남아 있습니다.",
    notApplicant: "신청기관의 사용자가 아닙니다. 신청기관 담당자로 로그인하십시오.",
    footer: "K-City 네트워크 보기 화면: 공개된 계약과 생성된 클라이언트만으로 만들었습니다.",
    docs: "문서",
    reasons: {
      missing: "입력하십시오.",
      "missing-document": "서류를 올리십시오.",
      "not-asked": "이 유형에서는 받지 않습니다. 비워 두십시오.",
      "not-eligible": "이 유형에서는 허용되지 않습니다.",
      "not-abroad": "국내가 아닌 해외 사업이어야 합니다.",
      "above-maximum": "지원 한도를 넘습니다.",
      "wrong-type": "받지 않는 파일 형식입니다.",
      "too-large": "너무 큽니다.",
      "too-long": "너무 깁니다.",
      pattern: "적는 형식이 맞지 않습니다.",
      minLength: "더 적으십시오.",
      maxLength: "너무 깁니다.",
      minimum: "너무 작습니다.",
      maximum: "너무 큽니다.",
      maxItems: "너무 많습니다.",
      enum: "목록에서 선택하십시오.",
      "whole-number": "숫자로만 적으십시오.",
      twice: "같은 것이 두 번 있습니다.",
    },
    problems: {
      incomplete: "신청서가 아직 완성되지 않았습니다.",
      "window-closed": "접수가 마감되었습니다. 요청이 마감 시각이나 그 뒤에 도착했습니다.",
      "window-not-open": "아직 접수 기간이 아닙니다. 작성한 내용은 보관됩니다.",
      "stale-version": "그 사이 같은 기관의 다른 사람이 이 신청서를 고쳤습니다. 입력한 내용은 남아 있으니 확인하고 다시 저장하십시오.",
      "not-a-draft": "더 이상 작성 중인 신청서가 아닙니다.",
      "already-submitted": "이미 접수된 신청서입니다.",
      "document-too-large": "파일이 허용된 크기보다 큽니다.",
      "document-type-not-allowed": "여기서는 받지 않는 파일 형식입니다.",
      "document-content-mismatch": "파일의 내용이 이름과 다른 형식입니다.",
      "document-empty": "빈 파일입니다.",
      "rate-limited": "요청이 너무 많습니다. 잠시 뒤에 다시 시도하십시오.",
      "not-found": "없거나 볼 수 없는 것입니다.",
      invalid: "이대로는 저장할 수 없는 것이 있습니다.",
      offline: "응답이 없습니다. 입력한 내용은 남아 있으니 연결을 확인하고 다시 시도하십시오.",
    },
  },
};

/** The language chosen here before, else the first of the browser's (as in `Accept-Language`) that is spoken here. */
export function firstLanguage() {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages];
  return wanted.map((one) => one.slice(0, 2).toLowerCase()).find((one) => LANGUAGES.includes(one)) ?? "en";
}

export function keepLanguage(language) {
  localStorage.setItem(KEPT, language);
}

/** A text by its path, with its gaps filled: `text("ko", "hints.amount", { sum: "400" })`. */
export function text(language, path, gaps = {}) {
  const found = path.split(".").reduce((words, name) => words?.[name], WORDS[language]);
  if (typeof found !== "string") throw new Error(`no words for ${path}`);
  return found.replace(/\{(\w+)\}/g, (_, name) => String(gaps[name]));
}

/** The same, or what stands in for a text that nobody wrote. */
export function textOr(language, path, instead) {
  const names = path.split(".");
  const found = names.slice(0, 1).concat(names.slice(1).join(".")).reduce((words, name) => words?.[name], WORDS[language]);
  return typeof found === "string" ? found : instead;
}

/** What a bilingual text says in a language, or in the other one. */
export function told(local, language) {
  return local?.[language] ?? local?.[language === "ko" ? "en" : "ko"] ?? "";
}

/** A title of a form's field, written as "Title / 제목" or the other way round. */
export function half(title, language) {
  const halves = title.split(" / ");
  if (halves.length !== 2) return title;
  const korean = (one) => /[가-힣]/.test(one.replace(/\(.*?\)/g, ""));
  return halves.find((one) => korean(one) === (language === "ko")) ?? title;
}

/** An instant in Korea, where deadlines are announced. */
export function inKorea(instant, language, precise = false) {
  const form = { timeZone: "Asia/Seoul", dateStyle: "long", timeStyle: "short" };
  const exact = { timeZone: "Asia/Seoul", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" };
  const shown = new Intl.DateTimeFormat(language === "ko" ? "ko-KR" : "en-GB", precise ? exact : form).format(new Date(instant));
  return `${shown} ${language === "ko" ? "(한국 시각)" : "KST"}`;
}

export function number(value, language) {
  return new Intl.NumberFormat(language === "ko" ? "ko-KR" : "en-GB").format(value);
}

/** The kinds of countries there are to choose from, by name. */
export function countries(language) {
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => !NO_COUNTRY.has(code));
  const present = codes.filter((code) => new Intl.Locale(`und-${code}`).region === code && names.of(code) !== undefined);
  return present.map((code) => [code, names.of(code)]).sort((a, b) => a[1].localeCompare(b[1], language));
}

// Regions that browsers know by name and ISO 3166-1 does not.
const NO_COUNTRY = new Set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split(" "));
