// Words in the language of whoever reads; what the call says comes with the call.
import en from "./words-en.js";
import ko from "./words-ko.js";

export const LANGUAGES = ["en", "ko"];
const KEPT = "kcity-language";

const WORDS = { en, ko };

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

/** The countries there are to choose from, by name. */
export function countries(language) {
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => !NO_COUNTRY.has(code));
  const present = codes.filter((code) => new Intl.Locale(`und-${code}`).region === code && names.of(code) !== undefined);
  return present.map((code) => [code, names.of(code)]).sort((a, b) => a[1].localeCompare(b[1], language));
}

// Regions that browsers know by name and ISO 3166-1 does not.
const NO_COUNTRY = new Set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split(" "));
