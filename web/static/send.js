// Sending a form without leaving the page. Forms go one after another, in the order of the
// keys; "saved" is only ever what a page from the server says.

import { choose } from "/static/choose.js";

const queue = [];
let busy = false;

export const waiting = () => busy || queue.length > 0;

export function send(form, submitter, { keep = false } = {}) {
  queue.push({ url: form.action, body: new URLSearchParams(new FormData(form, submitter)), keep });
  say(`Saving ${queue.length + (busy ? 1 : 0)}…`);
  if (!busy) drain();
}

async function drain() {
  busy = true;
  while (queue.length) {
    const { url, body, keep } = queue.shift();
    let answer, page;
    try {
      answer = await fetch(url, { method: "POST", body, headers: { Accept: "text/html" } });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      stop("Not saved: Corvee does not answer. Is it still running? Nothing after this was sent.");
      return;
    }
    if (!answer.ok || !page.getElementById("desk")) {
      queue.length = 0; // what was pressed after this may rest on it
      busy = false;
      replace(page, answer, false);
      return;
    }
    if (!queue.length) {
      busy = false;
      replace(page, answer, keep);
    }
  }
  busy = false;
}

function stop(what) {
  queue.length = 0;
  busy = false;
  say(what, "bad");
}

function say(what, how = "wait") {
  const status = document.getElementById("saved");
  if (!status) return;
  status.textContent = what;
  status.className = `saved ${how}`;
}

// replace puts the server's page in the place of this one. With keep the reader stays at
// the claim they have gone on to.
function replace(page, answer, keep) {
  const on = keep && document.querySelector(".card.on")?.id;
  const list = document.querySelector(".cards")?.scrollTop ?? 0;
  const said = page.getElementById("saved")?.textContent ?? "";
  document.title = page.title;
  document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
  const url = new URL(answer.url);
  const get = answer.redirected || answer.ok && /\/reports\/[^/]+$/.test(url.pathname);
  const cards = document.querySelector(".cards");
  if (cards) cards.scrollTop = list;
  const card = document.getElementById(on || url.searchParams.get("claim") || "");
  if (get) history.replaceState(null, "", url);
  if (card?.matches(".card") && !document.getElementById("claimform")) choose(card, { at: "nearest" });
  else document.querySelector("[role=alert], #claimform, #add, h1")?.scrollIntoView({ block: "nearest" });
  const status = document.getElementById("saved");
  if (status) { status.textContent = ""; setTimeout(() => { status.textContent = said; }, 20); } // said aloud anew
}
