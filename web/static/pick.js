// Picking words: a selection in the text becomes a range in UTF-16 units of the report,
// which the server turns back into its own offsets.

// selected returns {from, until} or null. Marks are drawn by style sheets and are no part
// of the text, so what is counted is what the report says.
export function selected() {
  const selection = getSelection();
  const text = document.getElementById("text");
  if (!text || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const from = offset(range.startContainer, range.startOffset, false);
  const until = offset(range.endContainer, range.endOffset, true);
  return from !== null && until !== null && from < until ? { from, until } : null;
}

function offset(node, at, end) {
  let block = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".b");
  if (!block) { // between blocks: a triple click ends at the start of the next
    const text = document.getElementById("text");
    block = end ? text.children[at - 1] : text.children[at];
    if (!block?.dataset.start) return null;
    return Number(block.dataset.start) + (end ? block.textContent.length : 0);
  }
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, at);
  const length = range.toString().length;
  if (end && length === 0 && block.previousElementSibling?.dataset.start) {
    block = block.previousElementSibling;
    return Number(block.dataset.start) + block.textContent.length;
  }
  return Number(block.dataset.start) + length;
}

// offer shows a button at a selection.
export function offer(add) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pickup strong";
  button.hidden = true;
  const cap = document.createElement("kbd");
  cap.textContent = "n";
  button.append("Add a claim ", cap);
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keep the selection
  button.addEventListener("click", add);
  document.body.append(button);
  document.addEventListener("selectionchange", () => {
    const range = selected();
    button.hidden = !range;
    if (!range) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    button.style.top = `${box.bottom + scrollY + 6}px`;
    button.style.left = `${Math.max(8, box.left + scrollX)}px`;
  });
}
