// What is missing or wrong, brought to its place: findings of completeness, errors of problems, and our own.
import { idOf } from "./dom.js";
import { textOr } from "./words.js";

/** Each finding with the field or document that it is about: `{ place, label, message }`, in the page's order. */
export function placed(findings, sections, documents, language) {
  const fields = sections.flatMap((section) => section.fields);
  const places = [
    ...fields.map((field) => ({ pointer: field.pointer, label: field.label })),
    ...documents.map((one) => ({ pointer: `/documents/${one.kind}`, label: one.label })),
  ];
  const found = findings.flatMap((finding) => {
    const pointer = finding.pointer.replace(/^\/body(?=\/|$)/, "");
    const message = messageOf(finding, pointer, language);
    const at = placesOf(pointer, places);
    if (at.length === 0) return [{ place: null, label: pointer, message }];
    return at.map((place) => ({ place: place.pointer, label: place.label, message }));
  });
  const order = (one) => (places.findIndex((place) => place.pointer === one.place) + 1 || places.length + 1);
  const once = found.filter((one, at) => one.place === null || found.findIndex((other) => other.place === one.place) === at);
  return once.sort((a, b) => order(a) - order(b));
}

/** The field itself, else all within what is named, else the one that what is named lies in. */
function placesOf(pointer, places) {
  const exact = places.filter((place) => place.pointer === pointer);
  if (exact.length > 0) return exact;
  const within = places.filter((place) => place.pointer.startsWith(`${pointer}/`));
  return within.length > 0 ? within : places.filter((place) => pointer.startsWith(`${place.pointer}/`));
}

// Words of the validator, which checks a request's shape, for the same things.
const SAME = { string_too_long: "maxLength", string_too_short: "minLength", string_pattern_mismatch: "pattern", value_error: "pattern", literal_error: "enum", int_type: "whole-number", greater_than_equal: "minimum", less_than_equal: "maximum" };

function messageOf(finding, pointer, language) {
  const reason = finding.reason === "missing" && pointer.startsWith("/documents/") ? "missing-document" : (SAME[finding.reason] ?? finding.reason);
  return textOr(language, `reasons.${reason}`, textOr(language, `problems.${reason}`, finding.message));
}

/** Bring somebody to the place of a finding. */
export function goTo(pointer) {
  const input = document.getElementById(idOf(pointer));
  input?.focus({ preventScroll: true });
  const block = matchMedia("(max-width: 60rem)").matches ? "start" : "center"; // below is the bar of acts
  (input?.closest(".field, .document") ?? input)?.scrollIntoView({ block });
}
