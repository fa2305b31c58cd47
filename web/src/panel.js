// The panel beside the picture: what a node or an edge is, whom it touches, and the sentences behind it.
import { element, safeLink } from "./dom.js";

const MOST_QUOTES = 60;
const MOST_NEIGHBOURS = 40;
const MOST_BUSY = 15;

export function makePanel({ data, graph, shown, state, words, label, groupColour, choose, leave }) {
  const aside = document.getElementById("panel");
  let last = () => start();

  function show(draw, ...parts) {
    last = draw;
    aside.replaceChildren(...parts.flat().filter((part) => part !== null));
    aside.scrollTop = 0;
  }

  function start() {
    const busy = [...shown.nodes].sort((a, b) => degree(b) - degree(a) || Number(a) - Number(b)).slice(0, MOST_BUSY);
    show(start, element("p", { className: "other hint" }, words().hint), element("h3", {}, words().busiest), listOf(busy, degree));
  }

  const degree = (key) => graph.edges(key).filter((edge) => shown.edges.has(edge)).length;

  function listOf(keys, number) {
    return element("ul", { className: "list" }, ...keys.map((key) => {
      const dot = dotOf(data.nodes[key].g);
      const button = element("button", { type: "button" }, dot, label(data.nodes[key]), element("span", {}, String(number(key))));
      button.addEventListener("click", () => choose(key));
      return element("li", {}, button);
    }));
  }

  function dotOf(group) {
    const dot = element("span", { className: "dot" });
    dot.style.cssText = "width:10px;height:10px;border-radius:50%;flex:none;align-self:center;margin:0";
    dot.style.background = groupColour(group);
    return dot;
  }

  function heading(node) {
    const dot = element("span", { className: "dot" });
    dot.style.background = groupColour(node.g);
    const close = element("button", { type: "button", className: "close", title: words().close }, "×");
    close.setAttribute("aria-label", words().close);
    close.addEventListener("click", leave);
    const other = state.lang === "zh" ? node.en : node.zh;
    return [close, element("h2", {}, dot, label(node)), other && other !== label(node) ? element("p", { className: "other" }, other) : null];
  }

  function facts(pairs) {
    return element("dl", {}, ...pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
  }

  function linkOf(address, text) {
    const href = safeLink(address);
    return href === null ? text : element("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
  }

  const named = (value) => words()[value] ?? value;

  function showNode(key) {
    const node = data.nodes[key];
    const edges = graph.edges(key).filter((edge) => shown.edges.has(edge));
    const weight = new Map();
    for (const edge of edges) weight.set(graph.opposite(key, edge), graph.getEdgeAttribute(edge, "edge").w);
    const near = [...weight.keys()].sort((a, b) => weight.get(b) - weight.get(a) || Number(a) - Number(b));
    const quotes = [...new Set([...(node.q ?? []), ...edges.flatMap((edge) => graph.getEdgeAttribute(edge, "edge").q)])];
    const measures = Object.entries(node.m ?? {}).map(([name, value]) => [label(data.measures[name]), String(value)]);
    const about = facts([[words().kind, label(data.groups[node.g])], [words().count, String(node.n)], [words().years, node.y.join("、")], [words().degree, String(near.length)], ...measures, [words().iri, linkOf(node.k, node.k)]]);
    show(() => showNode(key), heading(node), about, near.length ? element("h3", {}, `${words().neighbours} (${near.length})`) : null, near.length ? listOf(near.slice(0, MOST_NEIGHBOURS), (k) => weight.get(k)) : null, ...quoteList(quotes));
  }

  function showEdge(key) {
    const { edge } = graph.getEdgeAttributes(key);
    const ends = graph.extremities(key);
    const about = facts([[words().weightOf, String(edge.w)], [words().years, edge.y.join("、")], [words().since, edge.since === undefined ? "" : String(edge.since)], [words().change, edge.c ? named(edge.c) : ""], [words().basis, (edge.b ?? []).map(named).join("、")]]);
    const name = { zh: ends.map((k) => data.nodes[k].zh).join(data.directed ? " → " : " — "), en: ends.map((k) => data.nodes[k].en || data.nodes[k].zh).join(data.directed ? " → " : " — ") };
    show(() => showEdge(key), heading({ ...name, g: data.nodes[ends[0]].g }), about, listOf(ends, degree), ...quoteList(edge.q));
  }

  function quoteList(numbers) {
    const open = numbers.map((i) => data.quotes[i]).filter(([, , report]) => report < 0 || inYears(data.reports[report].year));
    const items = open.slice(0, MOST_QUOTES).map(([text, fact, report]) => {
      const source = report < 0 ? null : data.reports[report];
      const footer = source === null ? null : element("footer", {}, linkOf(fact, `${label(source)} · ${words().report} ↗`));
      return element("blockquote", {}, text, ...(footer === null ? [] : [footer]));
    });
    const rest = open.length - items.length;
    return open.length === 0 ? [] : [element("h3", {}, `${words().quotes} (${open.length})`), ...items, rest > 0 ? element("p", { className: "other" }, `${words().more}: ${rest}`) : null];
  }

  const inYears = (year) => year === null || ((state.from === undefined || year >= state.from) && (state.to === undefined || year <= state.to));

  return { showNode, showEdge, showStart: start, again: () => last() };
}
