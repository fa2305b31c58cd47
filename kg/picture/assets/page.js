"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const rows = new Map(all("[data-k]").map((row) => [row.dataset.k, row]));
const pieces = new Map();
for (const piece of all("article .m")) for (const key of piece.dataset.f.split(" ")) pieces.set(key, [...(pieces.get(key) || []), piece]);

function choose(key, from) {
  for (const lit of all(".on")) lit.classList.remove("on");
  const row = rows.get(key), marks = pieces.get(key) || [];
  for (const mark of marks) mark.classList.add("on");
  if (row) {
    const panel = row.closest("section");
    if (panel.hidden) show(panel.id);
    row.hidden = false;
    row.classList.add("on");
  }
  const other = from === "text" ? row : marks[0];
  if (other) other.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function show(id) {
  for (const panel of all("aside section")) panel.hidden = panel.id !== id;
  for (const tab of all("nav button")) tab.setAttribute("aria-selected", String(tab.getAttribute("aria-controls") === id));
}

function filter() {
  const words = document.getElementById("search").value.trim().toLowerCase(), kind = document.getElementById("kind").value;
  let shown = 0;
  for (const row of all("#facts tr[data-k]")) {
    row.hidden = (kind !== "" && row.dataset.kind !== kind) || (words !== "" && !row.textContent.toLowerCase().includes(words));
    shown += row.hidden ? 0 : 1;
  }
  document.getElementById("shown").textContent = String(shown);
}

document.querySelector("article").addEventListener("click", (event) => {
  const mark = event.target.closest(".m");
  if (mark === null) return;
  const visible = mark.dataset.f.split(" ").filter((key) => !rows.has(key) || !document.body.classList.contains("no-" + rows.get(key).dataset.kind));
  if (visible.length) choose(visible[visible.length - 1], "text");
});
for (const [key, row] of rows) {
  row.addEventListener("click", () => choose(key, "row"));
  row.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(key, "row"); });
}
for (const tab of all("nav button")) tab.addEventListener("click", () => show(tab.getAttribute("aria-controls")));
for (const box of all(".legend input")) box.addEventListener("change", () => {
  const kind = box.value;
  document.body.classList.toggle("no-" + kind, !box.checked);
  for (const mark of all(`article .m[data-f]`)) {
    const has = mark.dataset.f.split(" ").some((key) => rows.has(key) && rows.get(key).dataset.kind === kind);
    if (has) mark.classList.toggle(kind, box.checked);
  }
});
document.getElementById("search").addEventListener("input", filter);
document.getElementById("kind").addEventListener("change", filter);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target.tagName !== "INPUT") { event.preventDefault(); show("facts"); document.getElementById("search").focus(); }
});
document.getElementById("download").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(JSON.parse(document.getElementById("record").textContent), null, 1) + "\n"], { type: "application/json" }));
  link.download = document.getElementById("download").dataset.name;
  link.click();
  URL.revokeObjectURL(link.href);
});
show("facts");
