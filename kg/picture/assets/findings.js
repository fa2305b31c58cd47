"use strict";
const marks = (key) => document.querySelectorAll(`.m[data-f~="${key}"]`);
function show(key, toText) {
  document.querySelectorAll(".on").forEach((node) => node.classList.remove("on"));
  const row = document.getElementById(key);
  const found = marks(key);
  row.classList.add("on");
  found.forEach((node) => node.classList.add("on"));
  const goal = toText ? found[0] : row;
  if (goal) goal.scrollIntoView({ block: "center", behavior: "smooth" });
}
document.querySelectorAll(".row").forEach((row) => {
  row.addEventListener("click", (event) => { if (!event.target.closest("a")) show(row.id, true); });
  row.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === row) show(row.id, true); });
});
document.querySelectorAll(".m").forEach((node) => node.addEventListener("click", () => show(node.dataset.f.split(" ")[0], false)));
const reports = document.querySelectorAll("section.report");
if (reports.length > 1) {
  const list = document.createElement("ol");
  reports.forEach((report, number) => {
    report.id = `report-${number + 1}`;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${report.id}`;
    link.textContent = report.querySelector("h1").textContent;
    item.append(link, " ", ...[...report.querySelectorAll("header b, header .badge")].map((told) => told.cloneNode(true)));
    list.append(item);
  });
  const nav = document.createElement("nav");
  nav.append(list);
  document.body.prepend(nav);
}
