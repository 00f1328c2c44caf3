// The documents of a draft: each is sent as soon as it is chosen, and its digest compared with what was stored.
import { fill, h, idOf, say } from "./dom.js";
import { endings, takes } from "./fields.js";
import { notice } from "./problems.js";
import { number } from "./words.js";

/** The section of documents. `message` gives what is wrong at a pointer. */
export function documentsView(draft, documents, message) {
  const rows = documents.map((one) => row(draft, one, message(`/documents/${one.kind}`)));
  const { app } = draft;
  return h("section", { class: "part", "aria-labelledby": "part-documents" }, h("h2", { id: "part-documents" }, app.say("sections.documents")), h("ul", { class: "documents" }, rows));
}

function row(draft, wanted, wrong) {
  const { app } = draft;
  const id = idOf(`/documents/${wanted.kind}`);
  const stored = draft.application.documents.find((one) => one.kind === wanted.kind);
  const told = [`${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  const progress = h("p", { class: "fine", "aria-live": "off" });
  const input = h("input", {
    type: "file",
    id,
    class: "visually-hidden",
    accept: endings(wanted),
    "aria-labelledby": `${id}-name ${id}-act`,
    "aria-describedby": told,
    "aria-invalid": wrong ? "true" : null,
    change: (event) => event.target.files[0] && send(draft, wanted, event.target.files[0], progress),
  });
  return h(
    "li",
    { class: `document${wrong ? " is-wrong" : ""}${stored ? " is-stored" : ""}`, "data-kind": wanted.kind },
    h("div", {}, h("p", { class: "name", id: `${id}-name` }, wanted.label, !wanted.required && h("span", { class: "optional" }, app.say("optional"))), h("p", { class: "hint", id: `${id}-hint` }, takes(wanted, app.language)), wrong && h("p", { class: "wrong", id: `${id}-wrong` }, wrong), stored && file(app, stored), progress),
    h("div", { class: "buttons" }, input, h("label", { for: id, class: "button", id: `${id}-act` }, app.say(stored ? "replaceFile" : "chooseFile")), stored && h("button", { type: "button", class: "plain", "aria-describedby": `${id}-name`, click: () => remove(draft, stored) }, app.say("removeFile"))),
  );
}

function file(app, stored) {
  const size = `${number(Math.max(1, Math.round(stored.size_bytes / 1_024)), app.language)} KB`;
  return h("p", { class: "file" }, stored.file_name, h("span", { class: "fine" }, ` ${size} · SHA-256 `, h("code", {}, `${stored.sha256.slice(0, 12)}…`)));
}

async function send(draft, wanted, file, progress) {
  const { app } = draft;
  const onProgress = (sent, total) => fill(progress, app.say("uploading", { name: file.name, percent: total ? Math.floor((100 * sent) / total) : 0 }));
  await acting(draft, wanted, async () => {
    const input = { application_id: draft.application.id, kind: wanted.kind, file_name: file.name, body: file };
    await app.kcity.uploadDocument(input, { onProgress });
    say(app.say("uploaded", { name: file.name }));
  });
}

async function remove(draft, stored) {
  await acting(draft, stored, async () => {
    await draft.app.kcity.deleteDocument({ document_id: stored.id });
    say(draft.app.say("removed", { name: stored.file_name }));
  });
}

/** Do it, then show the documents as the service has them now, with the focus where it was. */
async function acting(draft, of, act) {
  try {
    await act();
    draft.findings = draft.findings.filter((one) => !one.pointer.endsWith(`/documents/${of.kind}`));
    await draft.refresh();
    draft.render();
    document.getElementById(idOf(`/documents/${of.kind}`))?.focus();
  } catch (error) {
    const type = error instanceof TypeError && /media type/.test(error.message);
    if (!type && error?.status !== 413 && error?.status !== 415 && error?.status !== 422) return fill(draft.notices, notice(error, draft.app));
    const slug = type ? "document-type-not-allowed" : error.slug;
    draft.findings = [...draft.findings.filter((one) => one.pointer !== `/documents/${of.kind}`), { pointer: `/documents/${of.kind}`, reason: slug, message: error.message }];
    draft.render();
    document.getElementById(idOf(`/documents/${of.kind}`))?.focus();
  }
}
