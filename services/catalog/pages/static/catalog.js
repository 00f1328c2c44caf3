"use strict";
// The page reads well without this: it only shows the names of marks at once.
(() => {
  const marks = document.querySelectorAll(".mark");
  if (!marks.length) return;
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the mark itself carries the name
  document.body.append(tip);

  const show = (mark) => {
    tip.textContent = mark.getAttribute("aria-label");
    tip.hidden = false;
    const at = mark.querySelector(".dot").getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(room, at.x + at.width / 2 - tip.offsetWidth / 2)) + window.scrollX}px`;
    tip.style.top = `${at.y - tip.offsetHeight - 10 + window.scrollY}px`;
  };
  const hide = () => { tip.hidden = true; };
  for (const mark of marks) {
    mark.querySelector("title")?.remove();
    mark.addEventListener("pointerenter", () => show(mark));
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("pointerleave", hide);
    mark.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
