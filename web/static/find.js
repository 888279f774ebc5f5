// Results as you type: the page itself is asked again and its results put in place. Without
// this the form does the same.

const box = document.getElementById("q");
const pause = 120; // milliseconds without a key before the base is asked
let timer, asking;

async function ask() {
  const url = `/find?q=${encodeURIComponent(box.value)}`;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(url, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("found");
    if (!answer.ok || !found) return;
    document.getElementById("found").replaceChildren(...found.childNodes);
    document.title = page.title;
    history.replaceState(null, "", url);
  } catch {
    // another key was pressed, or Corvee has ended: the form says so when it is sent
  }
}

box.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(ask, pause);
});
box.addEventListener("compositionend", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, pause);
});
if (!box.value) box.focus();
