// The desk: keys and live marks on top of links and forms that work without it.
// Everything that is saved goes through the page's own forms; nothing is kept here.

import { keymap, overlay } from "/static/keys.js";
import { choose, chosen, scrollTo, step } from "/static/choose.js";
import { send, waiting } from "/static/send.js";
import { selected, offer } from "/static/pick.js";

const root = document.documentElement;
root.classList.add("js");

const card = () => chosen();
const press = (selector, within = document) => within.querySelector(selector)?.click();

// The table of keys. The overlay is made from it, so it never tells of another key.
const keys = keymap([
  { key: "a", says: "Accept: the report states this. Again: clear", run: () => press(".key-a", card()) },
  { key: "x", says: "Reject. Again: clear", run: () => press(".key-x", card()) },
  { key: "u", says: "Unsure. Again: clear", run: () => press(".key-u", card()) },
  { key: "e", says: "Edit the claim", run: () => press("a.edit", card()) },
  ...kinds().map(({ key, value, label }) => ({ key, says: `Kind: ${label}`, run: () => kind(value) })),
  { key: "z", says: "Undo your last decision", run: () => press("#undo") },
  { key: "j", says: "Next claim", run: () => step(1) },
  { key: "k", says: "Claim before", run: () => step(-1) },
  { key: "[", says: "Report before", run: () => press("#before") },
  { key: "]", says: "Next report", run: () => press("#after") },
  { key: "h", says: "History: the last decisions", run: past },
  { key: "n", says: "Add a claim from the selected words", run: add },
  { key: "w", says: "Why this claim", run: () => press(".why-link", card()) },
  { key: "?", says: "These keys", run: () => overlay(keys.table) },
]);

// The keys of kinds are those of the page's own form, which names the claim when it is sent.
function kinds() {
  const options = document.querySelectorAll("#kindform option");
  return [...options].map((o) => ({ key: o.dataset.key, value: o.value, label: o.textContent }));
}

function kind(value) {
  const verdict = card().querySelector(".verdict");
  const form = document.getElementById("kindform");
  if (!verdict || !form) return;
  form.action = verdict.action.replace(/verdict$/, "kind");
  form.elements.expected.value = verdict.elements.expected.value;
  form.elements.kind.value = value;
  form.requestSubmit();
}

function past() {
  const history = document.getElementById("history");
  if (!history) return;
  history.open = !history.open;
  if (history.open) history.scrollIntoView({ block: "nearest" });
  history.querySelector("summary").focus();
}

function add() {
  const range = selected();
  const desk = document.getElementById("desk");
  if (!range) return press("#addlink");
  location.assign(`${desk.dataset.address}?add=1&from=${range.from}&until=${range.until}#add`);
}

document.addEventListener("keydown", keys.handle);

// A link to a claim that stands on this page chooses it; another is followed.
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[href*='#c']");
  const url = link && new URL(link.href);
  const target = url && !url.searchParams.has("edit") && document.getElementById(url.hash.slice(1));
  if (!target || !target.matches(".card") || url.pathname !== location.pathname || document.getElementById("claimform")) return;
  event.preventDefault();
  choose(target);
});

// A decision is sent, and the next open claim chosen at once; what the server answers is
// the truth and takes the page's place.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#desk")) return;
  event.preventDefault();
  const verdict = form.matches(".verdict");
  const clearing = event.submitter?.getAttribute("aria-pressed") === "true";
  send(form, event.submitter, { keep: verdict });
  if (verdict && !clearing) advance(form.closest(".card"));
});

// The next claim without a decision, else simply the next.
function advance(from) {
  const cards = [...document.querySelectorAll(".card")];
  const after = cards.slice(cards.indexOf(from) + 1);
  const next = after.find((c) => c.querySelector(".state.f-todo")) ?? after[0];
  if (next) choose(next);
}

window.addEventListener("beforeunload", (event) => {
  if (waiting()) event.preventDefault();
});

offer(add);
start();

// The address says which claim is chosen: ?claim=, or # alone, which only the browser sees.
function start() {
  const desk = document.getElementById("desk");
  const hash = location.hash.slice(1);
  if (/^c[0-9a-f]{32}$/.test(hash) && !document.getElementById(hash)) {
    location.replace(`${desk.dataset.address}?claim=${hash}#${hash}`);
    return;
  }
  const named = document.querySelector(".card:target, .card.on");
  if (document.getElementById("claimform")) {
    if (named) scrollTo(named, "start");
    return;
  }
  const first = document.querySelector(".card:has(.state.f-todo)") ?? document.querySelector(".card");
  if (named) choose(named, { at: "center" });
  else if (first && !document.getElementById("add")) choose(first, { quiet: true });
}
