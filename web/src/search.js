// Search by Chinese or English name: those that begin with the words first, then those that hold them.
import { element } from "./dom.js";

const MOST = 12;

export function makeSearch({ data, shown, state, words, label, input, list, choose }) {
  let hits = [];
  let at = -1;

  function find(text) {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") return [];
    const found = [];
    data.nodes.forEach((node, i) => {
      const places = [node.zh, node.en].filter(Boolean).map((name) => name.toLowerCase().indexOf(wanted)).filter((p) => p >= 0);
      if (places.length > 0 && shown.nodes.has(String(i))) found.push({ key: String(i), node, at: Math.min(...places) });
    });
    return found.sort((a, b) => a.at - b.at || b.node.n - a.node.n || Number(a.key) - Number(b.key)).slice(0, MOST);
  }

  function show() {
    hits = find(input.value);
    at = hits.length > 0 ? 0 : -1;
    draw();
  }

  function draw() {
    const items = hits.map(({ key, node }, i) => {
      const other = state.lang === "zh" ? node.en : node.zh;
      const item = element("li", { id: `hit-${i}` }, label(node));
      if (other && other !== label(node)) item.append(element("small", {}, other));
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(i === at));
      item.addEventListener("mousedown", (event) => (event.preventDefault(), take(key)));
      return item;
    });
    if (hits.length === 0 && input.value.trim() !== "") items.push(element("li", {}, words().none));
    list.replaceChildren(...items);
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (at >= 0) input.setAttribute("aria-activedescendant", `hit-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(key) {
    close();
    choose(key);
  }

  function close() {
    hits = [];
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (hits.length > 0) at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      draw();
    } else if (event.key === "Enter" && at >= 0) take(hits[at].key);
    else if (event.key === "Escape") (input.value = ""), close(), input.blur();
  });
}
