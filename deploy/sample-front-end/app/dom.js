// Elements made from data; text is always text, so nothing that somebody wrote becomes markup.

/** An element: `h("p", { class: "lead" }, "text", otherElement)`. Functions listen, null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Put these in the place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

/** Tell people who listen instead of looking. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

/** An id that is fit for `href="#…"`, from a JSON pointer. */
export function idOf(pointer) {
  return `field${pointer.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
