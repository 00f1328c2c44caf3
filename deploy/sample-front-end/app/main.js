// The page: what every view shares, and which view an address shows.
import { KCity } from "../client/index.js";
import { Clock } from "./clock.js";
import { fill, h } from "./dom.js";
import { draftView } from "./draft.js";
import { overview } from "./overview.js";
import { notice } from "./problems.js";
import { receipt } from "./receipt.js";
import { SigningIn } from "./signing-in.js";
import { firstLanguage, keepLanguage, LANGUAGES, text, told } from "./words.js";

const content = document.getElementById("content");
const { issuer } = await (await fetch("settings.json")).json();
const signingIn = new SigningIn(issuer);
const kcity = new KCity({ origin: location.origin, token: (renew) => signingIn.token(renew) });

const app = {
  kcity,
  signingIn,
  clock: new Clock(kcity),
  language: firstLanguage(),
  say: (path, gaps) => text(app.language, path, gaps),
  /** Say the present view in another language, where asking for it anew would lose what was typed. */
  relabel: null,
  /** Show another view; it has the focus then. */
  go: (hash) => {
    if (location.hash === hash) show();
    else location.hash = hash;
  },
  /** Do it, and show what went wrong at the top of the view. */
  busy: async (act) => {
    try {
      await act();
    } catch (error) {
      content.prepend(notice(error, app));
    }
  },
};

let turn = 0;

/** Show the view of the present address. A view that comes late, after another was asked for, is not shown. */
async function show({ focus = true } = {}) {
  const mine = ++turn;
  app.relabel = null;
  frame();
  try {
    const view = await viewOf(location.hash);
    if (mine !== turn) return;
    fill(content, view);
  } catch (error) {
    if (mine !== turn) return;
    fill(content, notice(error, app), h("p", {}, h("button", { type: "button", click: () => show() }, app.say("tryAgain"))));
  }
  entitle();
  if (!focus) return;
  content.querySelector("h1")?.focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
}

function entitle() {
  document.title = `${content.querySelector("h1")?.textContent ?? app.say("programme")} – K-City Network`;
}

async function viewOf(hash) {
  const found = /^#\/applications\/([0-9a-f-]{36})(\/receipt)?$/.exec(hash);
  if (found === null) return overview(app);
  if (signingIn.person === null) return signIn();
  const { data, etag } = await kcity.getApplication({ application_id: found[1] });
  if (data.state === "draft") return draftView(app, data, etag);
  if (data.state === "submitted") return receipt(app, data);
  const title = told(data.project.title, app.language) || app.say("untitled");
  return [h("h1", { tabindex: "-1" }, title), h("p", {}, app.say("withdrawnText")), h("p", {}, h("a", { href: "#/" }, app.say("back")))];
}

function signIn() {
  const act = () => signingIn.begin(app.language);
  return [h("h1", { tabindex: "-1" }, app.say("programme")), h("p", {}, app.say("signedOut")), h("p", {}, h("button", { type: "button", class: "primary", click: act }, app.say("signIn")))];
}

/** What stands above and below every view. */
function frame() {
  document.documentElement.lang = app.language;
  const other = LANGUAGES.find((one) => one !== app.language);
  const change = () => {
    app.language = other;
    keepLanguage(other);
    if (app.relabel === null) return show({ focus: false });
    app.relabel();
    entitle();
    frame();
  };
  const { person } = signingIn;
  fill(
    document.getElementById("top"),
    h("a", { class: "mark", href: "#/" }, h("img", { src: "/static/icon.svg", alt: "", width: 28, height: 28 }), "K-City Network", h("span", { class: "sample" }, app.say("sample"))),
    h(
      "nav",
      { "aria-label": "K-City Network" },
      person && h("span", { class: "person" }, app.say("signedInAs", { name: person.name ?? person.sub })),
      h("button", { type: "button", class: "plain", lang: other, "aria-label": app.say("otherLabel"), "data-act": "language", click: change }, app.say("other")),
      person && h("button", { type: "button", class: "plain", "data-act": "sign-out", click: () => signingIn.leave(app.language) }, app.say("signOut")),
    ),
  );
  fill(document.getElementById("bottom"), h("p", {}, app.say("footer"), " ", h("a", { href: "/" }, app.say("docs"))), app.clock.rehearsal && h("p", { class: "rehearsal" }, app.say("rehearsal")));
}

addEventListener("hashchange", () => show());
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});
frame();
fill(content, h("p", {}, app.say("loading")));
let arrival = null;
try {
  await signingIn.arrive();
} catch (error) {
  arrival = error;
}
await app.clock.start();
await show();
if (arrival !== null) content.prepend(h("div", { class: "notice", role: "alert" }, `${app.say("failed")}: ${arrival.message}`));
