// The first view: what is open for applications, and what one's organisation has written so far.
import { deadline } from "./deadline.js";
import { h } from "./dom.js";
import { inKorea, number, told } from "./words.js";

const MOST = 50;

/** The view of everything that is open. Throws what the client throws. */
export async function overview(app) {
  const [open, mine] = await Promise.all([openTracks(app), app.signingIn.person === null ? null : applications(app.kcity)]);
  const cards = open.map(({ call, track }) => card(app, call, track));
  return [
    h("h1", { tabindex: "-1" }, app.say("programme")),
    mine !== null && h("section", { "aria-labelledby": "mine" }, h("h2", { id: "mine" }, app.say("mine")), list(app, mine)),
    h("section", { "aria-labelledby": "open" }, h("h2", { id: "open" }, app.say("openCalls")), cards.length > 0 ? h("div", { class: "cards" }, cards) : h("p", {}, app.say("noCall"))),
  ];
}

/** The tracks of announced calls whose window is open, those of the latest call first. */
async function openTracks({ kcity, clock }) {
  const found = [];
  for await (const line of kcity.items("listCalls", { limit: MOST })) {
    if (line.state !== "announced") continue;
    const { data: call } = await kcity.getCall({ code: line.code });
    for (const track of call.tracks) if (track.window.state === "open") found.push({ call, track });
  }
  // rolling intake stays open for the next year: shown only where there is none for this year
  const isLate = ({ track }) => !track.window.closes_at && Date.parse(track.window.cut_off_at) <= clock.now;
  const inTime = new Set(found.filter((one) => !isLate(one)).map(({ track }) => track.track));
  return found.filter((one) => !isLate(one) || !inTime.has(one.track.track));
}

async function applications(kcity) {
  const { data: me } = await kcity.getIntakeMe();
  if (!me.roles.includes("applicant")) return "not-applicant";
  const found = [];
  for await (const one of kcity.items("listApplications", { limit: MOST })) {
    found.push(one);
    if (found.length === MOST) break;
  }
  return found;
}

function card(app, call, track) {
  const { language } = app;
  const rows = [
    [app.say("kinds"), track.applicant_kinds.map((kind) => app.say(`options.${kind}`)).join(", ")],
    [app.say("most"), app.say("upTo", { sum: number(track.money.max_support_krw, language) })],
  ];
  const name = told(track.name, language);
  const act = app.signingIn.person === null ? null : h("button", { type: "button", class: "primary", click: () => begin(app, call, track) }, app.say("begin"));
  return h(
    "article",
    { class: "card", "data-track": track.track, "data-call": call.code },
    h("h3", {}, name),
    h("p", { class: "call" }, told(call.name, language)),
    h("dl", {}, rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)))),
    deadline(app, track.window),
    act ?? h("button", { type: "button", class: "primary", click: () => app.signingIn.begin(language) }, app.say("signIn")),
  );
}

async function begin(app, call, track) {
  await app.busy(async () => {
    const { data } = await app.kcity.createApplication({ body: { call_code: call.code, track: track.track } });
    app.go(`#/applications/${data.id}`);
  });
}

function list(app, mine) {
  if (mine === "not-applicant") return h("p", { class: "notice" }, app.say("notApplicant"));
  if (mine.length === 0) return h("p", {}, app.say("none"));
  return h("ul", { class: "applications" }, mine.map((one) => line(app, one)));
}

function line(app, one) {
  const { language } = app;
  const fine = one.receipt_no ?? `${app.say("changed")} ${inKorea(one.changed_at, language)}`;
  return h(
    "li",
    {},
    h("a", { href: `#/applications/${one.id}` }, told(one.title, language) || app.say("untitled")),
    h("span", { class: `state is-${one.state}` }, app.say(`state.${one.state}`)),
    h("span", { class: "fine" }, fine),
  );
}
