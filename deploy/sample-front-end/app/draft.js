// A draft: written, saved, checked, submitted. What is missing or wrong is shown at its place.
import { isProblem } from "../client/index.js";
import { deadline, sayClosed } from "./deadline.js";
import { documentsView } from "./documents.js";
import { fill, h, say } from "./dom.js";
import { changes, entered, forget, keep, kept, submissionKey } from "./draft-changes.js";
import { COMPANY, PROJECT_TYPES, sectionsOf, shown, unsendable } from "./fields.js";
import { goTo, placed } from "./findings.js";
import { notice } from "./problems.js";
import { told } from "./words.js";

/** The view of an application that is a draft. Throws what the client throws. */
export async function draftView(app, application, etag) {
  const { data: call } = await app.kcity.getCall({ code: application.call_code });
  const track = call.tracks.find((one) => one.track === application.track);
  const draft = new Draft(app, application, etag, call, track);
  app.relabel = () => draft.render();
  return draft.element;
}

class Draft {
  constructor(app, application, etag, call, track) {
    Object.assign(this, { app, application, etag, call, track });
    this.saved = entered(application);
    this.draft = { ...entered(application), ...kept(application.id) };
    begin(this.draft, track);
    this.findings = [];
    this.busy = false;
    this.element = h("div", { class: "draft" });
    this.status = h("p", { class: "status" });
    this.notices = h("div", {});
    this.deadline = deadline(app, track.window, () => this.#closed());
    this.render();
  }

  /** Everything anew, in the page's present language; what was typed is in `draft`. */
  render() {
    const { app } = this;
    const { language } = app;
    this.sections = sectionsOf(this.track, language);
    const documents = this.track.documents.map((one) => ({ ...one, label: told(one.name, language) }));
    this.wrong = placed(this.findings, this.sections, documents, language);
    const message = (pointer) => this.wrong.find((one) => one.place === pointer)?.message ?? null;
    const heard = () => this.#typed();
    const forms = this.sections.map((section) =>
      h(
        "section",
        { class: "part", "aria-labelledby": `part-${section.name}` },
        h("h2", { id: `part-${section.name}` }, app.say(`sections.${section.name}`)),
        section.hint && h("p", { class: "hint" }, section.hint),
        h("div", { class: "grid" }, section.fields.map((field) => shown(field, this.draft, message(field.pointer), language, heard))),
      ),
    );
    const title = told(this.application.project.title, language) || app.say("untitled");
    const sheet = h(
      "form",
      { class: "sheet", novalidate: true, submit: (event) => event.preventDefault() },
      h("header", {}, h("p", { class: "label" }, `${told(this.call.name, language)} · ${told(this.track.name, language)}`), h("h1", { tabindex: "-1" }, title)),
      forms,
      documentsView(this, documents, message),
    );
    fill(this.element, sheet, h("aside", { class: "side" }, this.deadline, this.#acts()));
    this.#showStatus();
  }

  #acts() {
    const { app } = this;
    const act = (name, what, primary) => h("button", { type: "button", class: primary && "primary", "data-act": name, click: what }, app.say(name));
    return h(
      "section",
      { class: "acts" },
      this.notices,
      this.#summary(),
      this.status,
      h("div", { class: "buttons" }, act("save", () => this.save()), act("check", () => this.check()), act("submit", () => this.submit(), true)),
    );
  }

  /** What is missing or wrong, each a way to its place. */
  #summary() {
    if (this.checked && this.wrong.length === 0) return h("p", { class: "complete" }, this.app.say("complete"));
    if (this.wrong.length === 0) return null;
    const heading = this.wrong.length === 1 ? this.app.say("wrong.one") : this.app.say("wrong.many", { number: this.wrong.length });
    const follow = (one) => (event) => {
      event.preventDefault();
      goTo(one.place);
    };
    const line = (one) => h("li", {}, one.place === null ? one.label : h("a", { href: "#", click: follow(one) }, one.label), ` – ${one.message}`);
    return h("section", { class: "summary", "aria-labelledby": "wrong" }, h("h2", { id: "wrong" }, heading), h("p", { class: "fine" }, this.app.say("wrongLead")), h("ul", {}, this.wrong.map(line)));
  }

  #typed() {
    keep(this.application.id, this.draft);
    this.checked = false;
    this.#showStatus();
  }

  get unsaved() {
    return changes(this.saved, this.draft).length > 0;
  }

  #showStatus(words = null) {
    const path = words ?? (this.unsaved ? "unsaved" : this.everSaved ? "saved" : null);
    fill(this.status, path && this.app.say(path));
  }

  /** Save what changed, section by section; whether all of it could be stored. */
  async save() {
    return this.#alone("saving", async () => {
      const stored = await this.#store();
      say(stored ? this.app.say("saved") : this.wrong.map((one) => `${one.label}: ${one.message}`).join(". "));
      return stored;
    });
  }

  /** Save, then ask the service what is still missing or wrong. */
  async check() {
    return this.#alone("saving", async () => {
      const refused = (await this.#store()) ? [] : this.findings;
      const { data } = await this.app.kcity.getCompleteness({ application_id: this.application.id });
      this.#show([...refused, ...data.findings]);
    });
  }

  /** Save, ask once more, submit. However often it is pressed, it is one act: its key stays the same. */
  async submit() {
    await this.#alone("saving", async () => {
      if (!(await this.#store())) return;
      if (!(await confirmed(this.app))) return;
      this.#showStatus("submitting");
      const { id } = this.application;
      try {
        await this.app.kcity.submitApplication({ application_id: id }, { idempotencyKey: submissionKey(id) });
      } catch (error) {
        if (!isProblem(error, "incomplete")) throw error;
        return this.#show(error.errors);
      }
      this.app.go(`#/applications/${id}/receipt`);
    });
  }

  async #alone(doing, act) {
    if (this.busy) return undefined;
    this.#setBusy(true);
    this.#showStatus(doing);
    fill(this.notices);
    try {
      return await act();
    } catch (error) {
      this.#failed(error);
      return undefined;
    } finally {
      this.#setBusy(false);
      this.#showStatus();
    }
  }

  #setBusy(busy) {
    this.busy = busy;
    this.element.setAttribute("aria-busy", String(busy));
    for (const button of this.element.querySelectorAll("[data-act]")) button.setAttribute("aria-disabled", String(busy));
  }

  #failed(error) {
    if (isProblem(error, "already-submitted", "not-a-draft")) return this.app.go(`#/applications/${this.application.id}/receipt`);
    const box = notice(error, this.app);
    fill(this.notices, box);
    box.focus();
  }

  async #store() {
    const refused = unsendable(this.sections, this.draft);
    for (const { section, body } of refused.length > 0 ? [] : changes(this.saved, this.draft)) {
      try {
        const answer = await this.app.kcity.changeApplication({ application_id: this.application.id, ifMatch: this.etag, body });
        Object.assign(this, { application: answer.data, etag: answer.etag });
        this.saved[section] = entered(answer.data)[section];
        this.everSaved = true;
      } catch (error) {
        if (isProblem(error, "stale-version")) await this.refresh();
        if (!isProblem(error) || error.errors.length === 0) throw error;
        refused.push(...error.errors);
      }
    }
    if (refused.length > 0) this.#show(refused);
    else {
      forget(this.application.id);
      this.findings = [];
      this.render();
    }
    return refused.length === 0;
  }

  /** The application as the service has it now; what was typed here stays. */
  async refresh() {
    const { data, etag } = await this.app.kcity.getApplication({ application_id: this.application.id });
    Object.assign(this, { application: data, etag, saved: entered(data) });
  }

  #show(findings) {
    this.findings = findings;
    this.checked = true;
    this.render();
    const first = this.wrong.find((one) => one.place !== null);
    if (first) goTo(first.place);
    say(first ? `${first.label}: ${first.message}` : this.app.say("complete"));
  }

  #closed() {
    sayClosed(this.app);
  }
}

/** What nobody need choose: where a track leaves one option. */
function begin(draft, track) {
  if (track.applicant_kinds.length === 1) draft.organisation.kind ??= track.applicant_kinds[0];
  if (draft.organisation.kind === COMPANY) draft.organisation.country_iso2 ??= "KR";
  if (PROJECT_TYPES[track.track].length === 1) draft.project.project_type ??= PROJECT_TYPES[track.track][0];
}

/** Whether somebody says yes in the dialogue. */
function confirmed(app) {
  return new Promise((resolve) => {
    const choose = (answer) => () => dialogue.close(answer);
    const dialogue = h(
      "dialog",
      { "aria-labelledby": "confirm", close: () => (dialogue.remove(), resolve(dialogue.returnValue === "yes")) },
      h("h2", { id: "confirm" }, app.say("confirmTitle")),
      h("p", {}, app.say("confirmText")),
      h("div", { class: "buttons" }, h("button", { type: "button", class: "primary", "data-act": "yes", click: choose("yes") }, app.say("confirmYes")), h("button", { type: "button", click: choose("no") }, app.say("confirmNo"))),
    );
    document.body.append(dialogue);
    dialogue.showModal();
  });
}
