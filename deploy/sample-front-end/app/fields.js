// The fields of a draft: which there are for a call's track, how each is shown, read and set back.
// A field is `{ pointer, label, hint, required, inputs }`; its pointer is the one that the API's findings name.
import { h, idOf } from "./dom.js";
import { countries, half, number, text, textOr } from "./words.js";

const LONG = 300;
export const COMPANY = "korean_company";
export const PROJECT_TYPES = { planning: ["development_plan", "solution_plan"], demonstration: ["demonstration"] };

/** Everything that a track asks for, by section. `language` is that of the labels. */
export function sectionsOf(track, language) {
  const say = (path, gaps) => text(language, path, gaps);
  const sum = number(track.money.max_support_krw, language);
  const sections = [
    { name: "organisation", fields: organisation(track, say, language) },
    { name: "project", fields: project(track, say, language, sum) },
    { name: "contact", hint: say("hints.contact"), fields: person("/contact", "contactName", "email", "language", say) },
    { name: "answers", fields: answers(track.form, language, say) },
  ];
  if (track.partner_required || track.partner_kinds.length > 0) {
    sections.splice(3, 0, { name: "partner", hint: say("hints.partner"), fields: partner(track, say) });
  }
  return sections;
}

function organisation(track, say, language) {
  const fields = [
    local("/organisation/name", say("fields.name")),
    chosen("/organisation/kind", say("fields.kind"), track.applicant_kinds.map((kind) => [kind, say(`options.${kind}`)])),
    chosen("/organisation/country_iso2", say("fields.country"), countries(language)),
  ];
  if (track.applicant_kinds.includes(COMPANY)) {
    const hint = say("hints.businessNumber");
    fields.push({ ...line("/organisation/business_number", say("fields.businessNumber")), hint, inputmode: "numeric" });
  }
  return fields;
}

function project(track, say, language, sum) {
  const types = PROJECT_TYPES[track.track].map((type) => [type, say(`options.${type}`)]);
  return [
    local("/project/title", say("fields.title")),
    { ...local("/project/summary", say("fields.summary")), long: true },
    local("/project/city", say("fields.city")),
    chosen("/project/country_iso2", say("fields.country"), countries(language).filter(([code]) => code !== "KR")),
    chosen("/project/project_type", say("fields.projectType"), types),
    { ...whole("/project/requested_amount_krw", say("fields.amount")), hint: say("hints.amount", { sum }) },
  ];
}

function person(at, name, email, language, say) {
  const languages = ["ko", "en"].map((one) => [one, say(`options.${one}`)]);
  return [
    { ...line(`${at}/name`, say(`fields.${name}`)), autocomplete: "name" },
    { ...line(`${at}/email`, say(`fields.${email}`)), type: "email", autocomplete: "email" },
    chosen(`${at}/language`, say(`fields.${language}`), languages),
  ];
}

function partner(track, say) {
  return [
    local("/partner/name", say("fields.partnerName")),
    chosen("/partner/kind", say("fields.partnerKind"), track.partner_kinds.map((kind) => [kind, say(`options.${kind}`)])),
    ...person("/partner/contact", "partnerContact", "partnerEmail", "partnerLanguage", say).map((one) => ({ ...one, autocomplete: "off" })),
  ];
}

/** The form of a call is a JSON Schema: each property becomes the field that fits it. */
function answers(form, language, say) {
  const required = form.required ?? [];
  const order = Object.keys(form.properties ?? {}).sort((a, b) => Number(required.includes(b)) - Number(required.includes(a)));
  return order.map((name) => {
    const schema = form.properties[name];
    const at = { pointer: `/answers/${name}`, label: half(schema.title ?? name, language), optional: !required.includes(name) };
    if (schema.type === "integer") return { ...whole(at.pointer, at.label), ...at };
    if (schema.type === "array") return { ...at, ...rows(schema, say, language) };
    if (schema.enum) return { ...chosen(at.pointer, at.label, schema.enum.map((one) => [one, one])), ...at };
    return { ...line(at.pointer, at.label), ...at, long: (schema.maxLength ?? 0) > LONG };
  });
}

function rows(schema, say, language) {
  const names = Object.keys(schema.items?.properties ?? {});
  const toText = (one) => (names.length === 0 ? one : names.map((name) => one[name] ?? "").join("; "));
  const ofText = (one) => (names.length === 0 ? one : Object.fromEntries(one.split(";").map((part, at) => [names[at] ?? "", part.trim()])));
  return {
    kind: "rows",
    long: true,
    hint: names.length === 0 ? say("hints.lines") : say("hints.rows", { names: names.map((name) => textOr(language, `columns.${name}`, name)).join("; ") }),
    show: (value) => (value ?? []).map(toText).join("\n"),
    read: (written) => written.split("\n").map((one) => one.trim()).filter((one) => one !== "").map(ofText),
  };
}

function line(pointer, label) {
  return { kind: "line", pointer, label };
}

function local(pointer, label) {
  return { kind: "local", pointer, label };
}

function whole(pointer, label) {
  return { kind: "whole", pointer, label, inputmode: "numeric" };
}

function chosen(pointer, label, options) {
  return { kind: "chosen", pointer, label, options };
}

/** The field with its inputs filled from the draft. `wrong`: what to say about it; `heard` is told of each change. */
export function shown(field, draft, wrong, language, heard) {
  const id = idOf(field.pointer);
  const told = [field.hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ") || null;
  const attributes = { "aria-describedby": told, "aria-invalid": wrong ? "true" : null };
  const hint = field.hint && h("p", { class: "hint", id: `${id}-hint` }, field.hint);
  const message = wrong && h("p", { class: "wrong", id: `${id}-wrong` }, wrong);
  const optional = field.optional && h("span", { class: "optional" }, text(language, "optional"));
  const set = (value) => {
    put(draft, field.pointer, value);
    heard(field);
  };
  const classes = `field${wrong ? " is-wrong" : ""}${field.long ? " is-long" : ""}`;
  if (field.kind === "local") return bilingual(field, id, draft, attributes, [hint, message], language, set, classes);
  const input = field.kind === "chosen" ? select(field, id, draft, attributes, language, set) : written(field, id, draft, attributes, set);
  return h("div", { class: classes }, h("label", { for: id }, field.label, optional), hint, message, input);
}

function bilingual(field, id, draft, attributes, notes, language, set, classes) {
  const value = () => get(draft, field.pointer) ?? {};
  const order = language === "ko" ? ["ko", "en"] : ["en", "ko"];
  const inputs = order.map((one, place) => {
    const heard = (event) => set({ ...value(), [one]: event.target.value });
    const own = { id: place === 0 ? id : `${id}-${one}`, lang: one, maxlength: field.long ? 2_000 : LONG, input: heard, value: value()[one] ?? "", ...attributes };
    const input = field.long ? h("textarea", { rows: 4, ...own }) : h("input", { type: "text", ...own });
    return h("div", {}, h("label", { for: own.id, class: "sub" }, text(language, one === "ko" ? "korean" : "english")), input);
  });
  return h("fieldset", { class: `${classes} is-wide` }, h("legend", {}, field.label), notes, h("div", { class: "pair" }, inputs));
}

function select(field, id, draft, attributes, language, set) {
  const value = get(draft, field.pointer) ?? "";
  const options = [["", text(language, "choose")], ...field.options].map(([code, name]) => h("option", { value: code, selected: code === value }, name));
  const heard = (event) => set(event.target.value === "" ? null : event.target.value);
  return h("select", { id, change: heard, ...attributes }, options);
}

function written(field, id, draft, attributes, set) {
  const value = get(draft, field.pointer);
  const show = field.show ?? ((one) => (one === null || one === undefined ? "" : String(one)));
  const read = field.read ?? (field.kind === "whole" ? wholeNumber : (one) => (one === "" ? null : one));
  const heard = (event) => set(read(event.target.value));
  const own = { id, input: heard, inputmode: field.inputmode, autocomplete: field.autocomplete ?? "off", value: show(value), ...attributes };
  return field.long ? h("textarea", { rows: field.kind === "rows" ? 3 : 5, ...own }) : h("input", { type: field.type ?? "text", ...own });
}

/** A whole number, or the text that is none: the API never sees that, `problemsOf` finds it. */
function wholeNumber(written) {
  const digits = written.replace(/[\s,]/g, "");
  if (digits === "") return null;
  return /^\d{1,15}$/.test(digits) ? Number(digits) : written;
}

/** What cannot even be sent, in the form of the API's findings. */
export function unsendable(sections, draft) {
  const numbers = sections.flatMap((section) => section.fields).filter((field) => field.kind === "whole");
  const wrong = numbers.filter((field) => typeof get(draft, field.pointer) === "string");
  return wrong.map((field) => ({ pointer: field.pointer, reason: "whole-number", message: "" }));
}

/** The value at a pointer of a draft. */
export function get(draft, pointer) {
  return pointer.split("/").slice(1).reduce((value, name) => value?.[name], draft);
}

function put(draft, pointer, value) {
  const names = pointer.split("/").slice(1);
  const last = names.pop();
  const place = names.reduce((value, name) => (value[name] ??= {}), draft);
  place[last] = value;
}

/** What a document's row is told by: names of types, and a size in MB. */
export function takes(document, language) {
  const names = document.media_types.map((type) => TYPES[type] ?? type);
  const size = `${number(Math.floor(document.max_bytes / 1_048_576), language)} MB`;
  return text(language, "hints.document", { types: [...new Set(names)].join(", "), size });
}

/** What the file dialog offers. */
export function endings(document) {
  return document.media_types.map((type) => (TYPES[type] ? `.${TYPES[type].toLowerCase()}` : type)).join(",");
}

const TYPES = {
  "application/pdf": "PDF",
  "image/png": "PNG",
  "image/jpeg": "JPG",
  "application/zip": "ZIP",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
  "application/x-hwp": "HWP",
  "application/vnd.hancom.hwpx": "HWPX",
};
