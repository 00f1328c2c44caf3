"use strict";
// Finding in lists; without it the pages are whole, and only the field is missing.
const field = document.getElementById("find");
if (field) {
  const items = [...document.querySelectorAll(".operations li, article.schema")];
  const texts = items.map((item) => (item.matches("article") ? item.id : item.textContent).toLowerCase());
  const groups = [...document.querySelectorAll("section.group")];
  field.parentElement.hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    items.forEach((item, place) => {
      item.hidden = !words.every((word) => texts[place].includes(word));
    });
    groups.forEach((group) => {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
  });
}
// On narrow screens the list of operations begins folded.
const fold = document.querySelector("details.fold");
if (fold && window.matchMedia("(max-width: 60rem)").matches) {
  fold.open = false;
}
