"use strict";
const cards = [...document.querySelectorAll("article")];
const groups = [...document.querySelectorAll(".group")];
const sections = [...document.querySelectorAll("main>section")];
const search = document.getElementById("search");
const count = document.getElementById("count");
const none = document.getElementById("none");
const fold = text => text.normalize("NFKC").toLowerCase();
const texts = cards.map(card => fold(card.textContent));
const heads = cards.map(card => fold(card.querySelector("h4").textContent));
const any = box => [...box.querySelectorAll("article")].some(card => !card.hidden);

function filter() {
  const words = fold(search.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  cards.forEach((card, at) => {
    const fits = words.every(word => texts[at].includes(word));
    card.hidden = !fits;
    card.style.order = words.length && words.every(word => heads[at].includes(word)) ? "-1" : "";
    shown += fits ? 1 : 0;
  });
  groups.forEach(group => { group.hidden = !any(group); });
  document.body.classList.toggle("searching", words.length > 0);
  sections.forEach(section => { section.hidden = words.length > 0 && !any(section); });
  document.querySelectorAll("nav a").forEach(link => {
    const target = document.getElementById(link.hash.slice(1));
    const total = target.querySelectorAll("article").length;
    const here = [...target.querySelectorAll("article")].filter(card => !card.hidden).length;
    if (total) link.querySelector("b").textContent = here;
    link.classList.toggle("empty", words.length > 0 && !here);
  });
  none.hidden = shown > 0;
  count.textContent = words.length ? `${shown} / ${cards.length}` : "";
}

function speak(language) {
  document.body.classList.remove("both", "zh", "en");
  document.body.classList.add(language);
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.querySelectorAll(".lang button").forEach(button => button.setAttribute("aria-pressed", String(button.dataset.lang === language)));
}

let waiting = 0;
search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
document.querySelectorAll(".lang button").forEach(button => button.addEventListener("click", () => speak(button.dataset.lang)));
document.addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
  if (event.key === "Escape" && document.activeElement === search) { search.value = ""; filter(); search.blur(); }
});
// A link leads to its card even where the search has hidden it.
window.addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && (target.hidden || target.closest("[hidden]"))) { search.value = ""; filter(); target.scrollIntoView(); }
});
if ("IntersectionObserver" in window) {
  const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(entries => entries.forEach(entry => {
    if (entry.isIntersecting) links.forEach((link, id) => link.classList.toggle("here", id === entry.target.id));
  }), { rootMargin: "-25% 0px -70% 0px" });
  sections.forEach(section => seen.observe(section));
}
