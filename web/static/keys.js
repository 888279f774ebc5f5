// Keys: one table for the handlers and for the overlay that explains them.

const typing = (target) => target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

// keymap returns the table with its handler. Keys are inert while somebody types, while the
// overlay is open, and with a modifier: those belong to the browser.
export function keymap(table) {
  const handle = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !/^[jk]$/.test(event.key)) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const entry = table.find((e) => e.key === event.key);
    if (!entry) return;
    event.preventDefault();
    entry.run();
  };
  return { table, handle };
}

export function overlay(table) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "keys-h");
  const heading = document.createElement("h2");
  heading.id = "keys-h";
  heading.textContent = "Keys";
  const rows = document.createElement("table");
  for (const { key, says } of table) {
    const row = rows.insertRow();
    const cap = document.createElement("kbd");
    cap.textContent = key;
    row.insertCell().append(cap);
    row.insertCell().textContent = says;
  }
  const close = document.createElement("button");
  close.textContent = "Close";
  close.className = "strong";
  close.addEventListener("click", () => dialog.close());
  dialog.append(heading, rows, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
