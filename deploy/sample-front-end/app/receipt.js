// What an applicant holds in hand after the submission.
import { h } from "./dom.js";
import { inKorea, told } from "./words.js";

/** The view of a receipt. Throws what the client throws. */
export async function receipt(app, application) {
  const { language } = app;
  const { data } = await app.kcity.getReceipt({ application_id: application.id });
  const precise = data.clock_bound_ms === 0 ? app.say("exactly") : app.say("precision", { ms: data.clock_bound_ms });
  const rows = [
    [app.say("receivedAt"), [h("time", { datetime: data.arrived_at }, inKorea(data.arrived_at, language, true)), h("span", { class: "fine" }, ` ${precise}`)]],
    [app.say("digest"), h("code", {}, data.digest)],
    [app.say("signature"), h("details", {}, h("summary", {}, `${data.signature.slice(0, 24)}…`), h("code", {}, data.signature))],
  ];
  return [
    h(
      "article",
      { class: "receipt" },
      h("p", { class: "stamp", "aria-hidden": "true" }, "✓"),
      h("h1", { tabindex: "-1" }, app.say("receiptTitle")),
      h("p", { class: "lead" }, told(application.project.title, language)),
      h("p", { class: "label" }, app.say("number")),
      h("p", { class: "number", "data-receipt": data.receipt_no }, data.receipt_no),
      data.rehearsal && h("p", { class: "rehearsal" }, app.say("rehearsal")),
      h("dl", {}, rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)))),
      h("p", {}, app.say("receiptLead")),
      h("div", { class: "buttons" }, download(app, data), h("button", { type: "button", click: () => print() }, app.say("print"))),
    ),
    h("p", {}, h("a", { href: "#/" }, app.say("back"))),
  ];
}

function download(app, data) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([`${JSON.stringify(data, null, 2)}\n`], { type: "application/json" }));
    h("a", { href: address, download: `${data.receipt_no}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1_000);
  };
  return h("button", { type: "button", class: "primary", click: save }, app.say("download"));
}
