// Working through a run by keys. Every act goes through the form that stands on the page;
// nothing is kept here, and what is saved is what the next page says.

import { keymap, overlay } from "/static/keys.js";

document.documentElement.classList.add("js");

const forms = () => [...document.querySelectorAll("form.decide")].filter((form) => form.checkVisibility());
const current = () => document.querySelector("form.decide.on");
const wants = (form) => form.closest(".hit, .row").querySelector(".state")?.matches(".f-todo, .f-maybe");

function choose(form, quiet) {
  if (!form) return;
  disarm();
  for (const other of document.querySelectorAll("form.decide.on")) other.classList.remove("on");
  form.classList.add("on");
  if (!quiet) form.closest(".row").scrollIntoView({ block: "nearest" });
}

function step(n) {
  const all = forms();
  const at = all.indexOf(current());
  if (all[at + n]) choose(all[at + n]);
  else document.querySelector(n > 0 ? ".pager a[rel=next]" : ".pager a[rel=prev]")?.click();
}

// A judgement without a reason waits for one: a digit picks it from the list of the form.
function press(judgement) {
  const form = current();
  if (!form) return;
  form.dataset.armed = judgement;
  if (judgement === "unsure" || form.elements.why.value || form.elements.reason.value.trim()) return send(form);
  const hint = document.createElement("p");
  hint.className = "armed";
  hint.setAttribute("role", "status");
  hint.textContent = `${judgement}, because: ` + [...form.elements.why.options].slice(1).map((o, i) => `${i + 1} ${o.text}`).join(" · ");
  form.querySelector(".armed")?.remove();
  form.append(hint);
}

function disarm() {
  for (const form of document.querySelectorAll("form.decide[data-armed]")) {
    delete form.dataset.armed;
    form.querySelector(".armed")?.remove();
  }
}

function because(n) {
  const form = current();
  if (!form?.dataset.armed || n >= form.elements.why.options.length) return;
  form.elements.why.selectedIndex = n;
  send(form);
}

function send(form) {
  form.requestSubmit(form.querySelector(`button[name=judgement][value=${form.dataset.armed}]`));
}

const keys = keymap([
  { key: "y", says: "Same; then a digit says why", run: () => press("same") },
  { key: "n", says: "Different; then a digit says why", run: () => press("different") },
  { key: "u", says: "Unsure", run: () => press("unsure") },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({ key: String(n), says: `Because: reason ${n} of the list`, run: () => because(n) })),
  { key: "r", says: "Write the reason", run: () => current()?.elements.reason.focus() },
  { key: "z", says: "Take back your last decision", run: () => document.getElementById("undo")?.click() },
  { key: "j", says: "Next hit", run: () => step(1) },
  { key: "k", says: "Hit before", run: () => step(-1) },
  { key: "Escape", says: "Not yet: forget the judgement that waits for its reason", run: disarm },
  { key: "?", says: "These keys", run: () => overlay(keys.table) },
]);

document.addEventListener("keydown", keys.handle);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.form?.matches("form.decide")) document.activeElement.blur();
});
document.addEventListener("focusin", (event) => {
  const form = event.target.closest?.("form.decide");
  if (form && form !== current()) choose(form, true);
});

// The address says where the work goes on: the row behind #, else the first that wants it.
const row = location.hash && document.getElementById(location.hash.slice(1));
const here = row ? [...row.querySelectorAll("form.decide")] : [];
choose(here.find(wants) ?? here[0] ?? forms().find(wants) ?? forms()[0], !row);
