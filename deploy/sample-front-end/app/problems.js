// Refusals and failures in the words of the page. What the page does not know, the service says itself.
import { KCityError, isProblem, NoAnswer } from "../client/index.js";
import { h } from "./dom.js";
import { SignedOut } from "./signing-in.js";
import { text, textOr } from "./words.js";

/** A box that says what went wrong, and what to do. Errors of the page itself are thrown on. */
export function notice(error, app) {
  const { language } = app;
  if (error instanceof SignedOut) {
    const again = h("button", { type: "button", class: "primary", click: () => app.signingIn.begin(language) }, text(language, "signIn"));
    return box(text(language, "signedOut"), [again]);
  }
  if (isProblem(error)) {
    const more = h("a", { href: error.type, target: "_blank", rel: "noopener" }, error.slug);
    const help = h("p", { class: "fine" }, text(language, "request", { id: error.requestId }), " ", more);
    return box(textOr(language, `problems.${error.slug}`, `${error.title}. ${error.detail}`), [help]);
  }
  if (error instanceof NoAnswer || error instanceof TypeError) return box(text(language, "problems.offline"), []);
  if (error instanceof KCityError) return box(text(language, "failed"), [h("p", { class: "fine" }, error.message)]);
  throw error;
}

function box(message, more) {
  return h("div", { class: "notice", role: "alert", tabindex: "-1" }, h("p", {}, h("strong", {}, message)), more);
}
