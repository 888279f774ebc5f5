// Choosing a claim: its card opens, its words are tinted, the words of its slots are
// marked, and the address holds it, so that reload and links come back to it.

export const chosen = () => document.querySelector(".card.on") ?? document.createElement("li");

export function choose(card, { at = "nearest", quiet = false } = {}) {
  for (const other of document.querySelectorAll(".card.on")) unlight(other);
  card.classList.add("on");
  card.querySelector(".pick").setAttribute("aria-current", "true");
  light(card);
  if (quiet) return;
  history.replaceState(null, "", card.querySelector(".pick").href);
  scrollTo(card, at);
  const words = document.querySelector(`.q.on`);
  if (words && !inView(words)) words.scrollIntoView({ block: "center" });
}

export function scrollTo(card, at) {
  const list = card.closest(".cards");
  if (list && list.scrollHeight > list.clientHeight) {
    const top = card.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + card.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = Math.max(0, top - Math.max(0, (list.clientHeight - card.offsetHeight) / 3));
    }
    return;
  }
  card.scrollIntoView({ block: at });
}

// step chooses the claim n cards on; past the end it goes to the part of the text that
// holds the next.
export function step(n) {
  const cards = [...document.querySelectorAll(".card")];
  const at = cards.findIndex((c) => c.classList.contains("on"));
  const next = at < 0 ? cards[0] : cards[at + n];
  if (next) choose(next);
  else document.querySelector(n > 0 ? ".parts a[rel=next]" : ".parts a[rel=prev]")?.click();
}

function inView(el) {
  const box = el.getBoundingClientRect();
  return box.top > 70 && box.bottom < innerHeight - 40;
}

function light(card) {
  const n = card.dataset.n;
  for (const q of document.querySelectorAll(`.q[data-q="${n}"]`)) q.classList.add("on");
  document.querySelector(`.mk[data-go="${n}"]`)?.classList.add("on");
  const legend = new Map([...card.querySelectorAll(".slots tr[data-slot]")].map((row) => [row.dataset.slot, row.querySelector(".slot")]));
  let before = [];
  for (const words of document.querySelectorAll(".v[data-v]")) {
    const entries = words.dataset.v.split(" ").filter((v) => v.startsWith(n + ":") && legend.has(v.slice(n.length + 1)));
    if (entries.length) {
      const marks = entries.map((entry) => legend.get(entry.slice(n.length + 1)));
      words.classList.add("lit", [...marks.at(-1).classList].find((c) => c.startsWith("f-")));
      const letters = marks.filter((_, i) => !before.includes(entries[i])).map((mark) => mark.textContent).join("");
      if (letters) words.dataset.letter = letters;
    }
    before = entries;
  }
}

function unlight(card) {
  card.classList.remove("on");
  card.querySelector(".pick").removeAttribute("aria-current");
  for (const el of document.querySelectorAll(".q.on, .mk.on")) el.classList.remove("on");
  for (const el of document.querySelectorAll(".v.lit")) {
    el.className = "v";
    delete el.dataset.letter;
  }
}
