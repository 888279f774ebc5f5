// Files dropped anywhere on the page go into the form's own field, which sends them.

document.documentElement.classList.add("js");
const form = document.getElementById("bringform");
const field = document.getElementById("files");
const zone = document.getElementById("drop");

const files = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!files(event)) return;
  event.preventDefault();
  zone.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) zone.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!files(event)) return;
  event.preventDefault();
  zone.classList.remove("over");
  field.files = event.dataTransfer.files;
  form.requestSubmit();
});
