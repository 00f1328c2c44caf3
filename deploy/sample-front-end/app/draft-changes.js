// What a draft holds, and what changed in it since it was last saved: as JSON Merge Patches (RFC 7396), by section.

export const SECTIONS = ["organisation", "project", "contact", "partner", "answers"];
const ENTERED = {
  organisation: ["name", "kind", "country_iso2", "business_number"],
  project: ["title", "summary", "city", "country_iso2", "project_type", "requested_amount_krw"],
  contact: ["name", "email", "language"],
  partner: ["name", "kind", "contact"],
};

/** The sections of an application that people write. */
export function entered(application) {
  const draft = { answers: structuredClone(application.answers) };
  for (const [section, names] of Object.entries(ENTERED)) draft[section] = only(application[section], names);
  if (draft.partner.contact) draft.partner.contact = only(draft.partner.contact, ENTERED.contact);
  return draft;
}

function only(section, names) {
  return Object.fromEntries(names.filter((name) => section?.[name] !== undefined).map((name) => [name, structuredClone(section[name])]));
}

/** The same without what is blank: nothing, no text, an empty list, a section of such. */
export function pruned(value) {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (value === null || typeof value !== "object") return value ?? undefined;
  const kept = Object.entries(value).map(([name, one]) => [name, pruned(one)]).filter(([, one]) => one !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The sections that changed, each as the body of its own change: one that cannot be stored holds no other back. */
export function changes(saved, draft) {
  return SECTIONS.map((section) => [section, patch(pruned(saved[section]), pruned(draft[section]))])
    .filter(([, change]) => change !== undefined)
    .map(([section, change]) => ({ section, body: { [section]: change } }));
}

/** What makes `before` into `after`; undefined where nothing does, null where it goes away. */
function patch(before, after) {
  if (same(before, after)) return undefined;
  if (after === undefined) return null;
  if (!isObject(after)) return after;
  const names = new Set([...Object.keys(isObject(before) ? before : {}), ...Object.keys(after)]);
  const members = [...names].map((name) => [name, patch(isObject(before) ? before[name] : undefined, after[name])]);
  return Object.fromEntries(members.filter(([, one]) => one !== undefined));
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(one, other) {
  if (!isObject(one) || !isObject(other)) return JSON.stringify(one) === JSON.stringify(other);
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(one[name], other[name]));
}

// Input that is not saved yet survives a sign-in or a reload in this tab.
const KEPT = "kcity-draft-";

export function keep(id, draft) {
  sessionStorage.setItem(KEPT + id, JSON.stringify(draft));
}

export function kept(id) {
  return JSON.parse(sessionStorage.getItem(KEPT + id) ?? "null");
}

export function forget(id) {
  sessionStorage.removeItem(KEPT + id);
}

/** The key of an application's submission: the same for each try of this tab, so that two tries are one act. */
export function submissionKey(id) {
  const name = `kcity-submission-${id}`;
  const key = sessionStorage.getItem(name) ?? crypto.randomUUID();
  sessionStorage.setItem(name, key);
  return key;
}
