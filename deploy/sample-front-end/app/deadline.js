// A deadline with what is left of it, by the service's clock.
import { left } from "./clock.js";
import { fill, h, say } from "./dom.js";
import { inKorea } from "./words.js";

const HOUR_MS = 3_600_000;

/** The box of a window; `onOver` is called once, when its closing passes while somebody looks on. Ends with its element. */
export function deadline(app, window, onOver = () => {}) {
  const box = h("section", { class: "deadline" });
  const ends = window.closes_at ?? window.cut_off_at;
  const rolling = window.closes_at === null || window.closes_at === undefined;
  let shown = "";
  let over = null;
  const stop = app.clock.onTick((clock) => {
    if (shown !== "" && !box.isConnected) return stop?.();
    if (clock.now === null) return;
    const rest = Date.parse(ends) - clock.now;
    const isOver = rest <= 0;
    if (isOver && over === false && !rolling) onOver();
    over = isOver;
    const now = JSON.stringify([left(rest), isOver, clock.stands, app.language]);
    if (now === shown) return;
    shown = now;
    fill(box, content(app, { ends, rest, isOver, rolling, clock }));
    box.classList.toggle("is-over", isOver);
    box.classList.toggle("is-soon", !isOver && rest < HOUR_MS);
  });
  return box;
}

function content(app, { ends, rest, isOver, rolling, clock }) {
  const date = h("p", { class: "date" }, app.say(rolling ? "cutOff" : "closes"), " ", h("time", { datetime: ends }, inKorea(ends, app.language)));
  const about = h("p", { class: "fine" }, app.say(clock.stands ? "stands" : "clockFrom"));
  if (isOver) {
    const words = rolling ? [h("strong", {}, app.say("cutOffOver"))] : [h("strong", {}, app.say("closed")), h("br"), app.say("closedMore")];
    return [date, h("p", { class: "over" }, words)];
  }
  const hurry = rest < HOUR_MS && !rolling && h("p", { class: "hurry" }, app.say("lastHour"));
  return [h("p", { class: "label" }, app.say(rolling ? "leftUntilCutOff" : "left")), digits(app, left(rest)), date, hurry, about];
}

function digits(app, parts) {
  const names = ["days", "hours", "minutes", "seconds"];
  const spoken = names.slice(0, 3).map((name) => `${parts[name]} ${app.say(name)}`).join(" ");
  const shown = names.map((name) => h("span", { class: "unit" }, h("b", {}, String(parts[name]).padStart(name === "days" ? 1 : 2, "0")), h("i", {}, app.say(name))));
  return h("div", { class: "digits", role: "timer", "aria-label": spoken }, h("div", { "aria-hidden": "true" }, shown));
}

/** Say aloud that a window closed. */
export function sayClosed(app) {
  say(app.say("closed"));
}
