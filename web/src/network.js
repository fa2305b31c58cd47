// A network to look at: data beside the script → a picture, a legend, filters, a search and a panel that leads back to the sentence.
import "./network.css";
import Graph from "graphology";
import Sigma from "sigma";
import { arrange, part, startWorker } from "./layout.js";
import { addEdges, drawLabels, FONT, makeScene, toCanvas, toSvg } from "./paint.js";
import { makePanel } from "./panel.js";
import { makeSearch } from "./search.js";
import { element, mix, save } from "./dom.js";
import { WORDS } from "./words.js";

const data = JSON.parse(document.getElementById("data").textContent);
const state = { lang: data.lang, dark: matchMedia("(prefers-color-scheme: dark)").matches, hidden: new Set(), from: data.years[0], to: data.years.at(-1), weight: 0, hovered: null, chosen: null, chosenEdge: null, focus: null };
const words = () => WORDS[state.lang];
const label = (thing) => thing[state.lang] || thing.zh || thing.en || "";
const $ = (id) => document.getElementById(id);

const graph = new Graph({ type: data.directed ? "directed" : "undirected", multi: false });
const most = Math.max(1, ...data.nodes.map((n) => n.n));
const heaviest = Math.max(1, ...data.edges.map((e) => e.w));
const room = Math.sqrt(($("stage").clientWidth * $("stage").clientHeight) / 500000);
const shrink = Math.min(1, Math.max(0.3, Math.sqrt(150 / data.nodes.length) * Math.min(1, Math.max(0.55, room))));
data.nodes.forEach((n, i) => graph.addNode(String(i), { node: n, size: (4 + 11 * Math.sqrt(n.n / most)) * Math.max(shrink, 0.45), x: 0, y: 0 }));
data.edges.forEach((e) => graph.addEdge(String(e.s), String(e.t), { edge: e, weight: e.w, size: (1.2 + 3.2 * Math.sqrt((e.w - 1) / heaviest)) * shrink, type: data.directed ? "arrow" : "line" }));

const inYears = (years) => years.length === 0 || years.some((y) => y >= state.from && y <= state.to);
const shown = { nodes: new Set(), edges: new Set() };

function filter() {
  shown.nodes.clear();
  shown.edges.clear();
  graph.forEachEdge((key, { edge }, source, target) => {
    const open = !state.hidden.has(data.nodes[source].g) && !state.hidden.has(data.nodes[target].g);
    if (open && edge.w >= state.weight && inYears(edge.y)) shown.edges.add(key), shown.nodes.add(source).add(target);
  });
  graph.forEachNode((key, { node }) => {
    if (graph.degree(key) === 0 && !state.hidden.has(node.g) && inYears(node.y)) shown.nodes.add(key);
  });
  $("empty").hidden = shown.nodes.size > 0 && $("empty").dataset.word === "empty";
  $("counts").textContent = `${shown.nodes.size} ${words().nodes} · ${shown.edges.size} ${words().edges}`;
}

const dense = data.edges.length > 2000 ? 0.55 : 0;
const colours = () => (state.dark ? { paper: "#14181e", ink: "#e8edf3", edge: "#4a5666", faint: "#232a33" } : { paper: "#ffffff", ink: "#1c2430", edge: "#b9c3cf", faint: "#eef1f4" });
const groupColour = (g) => data.groups[g][state.dark ? "dark" : "light"];
const CHANGE = { new: ["#2b8a3e", "#51cf66"], gone: ["#c92a2a", "#ff8787"], kept: ["#868e96", "#868e96"] };

function around() {
  const center = state.hovered ?? state.chosen;
  if (center !== null) return new Set([center, ...graph.neighbors(center).filter((n) => shown.nodes.has(n))]);
  return state.chosenEdge === null ? null : new Set(graph.extremities(state.chosenEdge));
}

function reduceNode(key, attributes) {
  const { node } = attributes;
  const faint = state.focus !== null && !state.focus.has(key);
  const forced = state.focus !== null && (key === (state.hovered ?? state.chosen) || (state.focus.has(key) && state.focus.size <= 40));
  const colour = groupColour(node.g);
  return { ...attributes, label: label(node), color: faint ? mix(colour, colours().paper, 0.82) : colour, hidden: !shown.nodes.has(key), faint, forced, rank: attributes.size + (state.focus?.has(key) ? 100 : 0), zIndex: faint ? 0 : 1 };
}

function lineColour(key) {
  if (key in CHANGE) return CHANGE[key][state.dark ? 1 : 0];
  return key === "explicit" ? mix(state.dark ? "#6cb4ff" : "#1971c2", colours().paper, 0.45) : mix(colours().edge, colours().paper, dense);
}

function reduceEdge(key, attributes) {
  const center = state.hovered ?? state.chosen;
  const lit = center !== null ? graph.hasExtremity(key, center) : key === state.chosenEdge;
  const base = lineColour(attributes.edge.c ?? (attributes.edge.b?.includes("explicit") ? "explicit" : "implied"));
  const accent = state.dark ? "#ffa94d" : "#e8590c";
  return { ...attributes, color: state.focus === null ? base : lit ? accent : colours().faint, hidden: !shown.edges.has(key), zIndex: lit ? 1 : 0 };
}

let renderer = null;
let timer = 0;
const fontSize = () => (renderer.getDimensions().width < 600 ? 11 : 12);

function paint() {
  const scene = makeScene(renderer, fontSize());
  drawLabels(renderer.getCanvases().labels.getContext("2d"), scene, colours().ink, colours().paper);
  document.body.dataset.labels = String(scene.labels.length);
}

function refresh() {
  state.focus = around();
  renderer?.refresh({ skipIndexation: true, schedule: true });
}

function refilter() {
  filter();
  refresh();
}

function choose(key, move) {
  state.chosen = key;
  state.chosenEdge = null;
  panel.showNode(key);
  if (move && renderer !== null) lookAt(key);
  refresh();
}

function lookAt(key) {
  const at = renderer.getNodeDisplayData(key);
  const view = { x: at.x, y: at.y, ratio: Math.min(renderer.getCamera().ratio, 0.6) };
  if (graph.order > 2000) renderer.getCamera().setState(view);
  else renderer.getCamera().animate(view, { duration: 250 });
}

const panel = makePanel({ data, graph, shown, state, words, label, groupColour, choose: (key) => choose(key, true), leave });
function leave() {
  state.chosen = state.chosenEdge = state.hovered = null;
  panel.showStart();
  refresh();
}

function startRenderer() {
  renderer = new Sigma(graph, $("stage"), {
    renderLabels: false, zIndex: true, enableEdgeEvents: graph.size <= 4000, nodeReducer: reduceNode, edgeReducer: reduceEdge, defaultDrawNodeHover: () => {},
    defaultEdgeType: data.directed ? "arrow" : "line", stagePadding: 46, minCameraRatio: 0.02, maxCameraRatio: 4, hideEdgesOnMove: graph.size > 4000, allowInvalidContainer: true,
    zoomToSizeRatioFunction: (ratio) => Math.max(0.5, Math.sqrt(ratio)),
  });
  renderer.on("afterRender", paint);
  renderer.on("enterNode", ({ node }) => ((state.hovered = node), refresh()));
  renderer.on("leaveNode", () => ((state.hovered = null), refresh()));
  renderer.on("clickNode", ({ node }) => choose(node, false));
  renderer.on("clickEdge", ({ edge }) => ((state.chosen = null), (state.chosenEdge = edge), panel.showEdge(edge), refresh()));
  renderer.on("clickStage", leave);
}

function legend() {
  const kinds = $("kinds");
  kinds.replaceChildren();
  edgeKinds();
  for (const [id, group] of Object.entries(data.groups)) {
    const box = element("input", { type: "checkbox", checked: !state.hidden.has(id), value: id });
    box.addEventListener("change", () => (box.checked ? state.hidden.delete(id) : state.hidden.add(id), refilter()));
    const dot = element("span", { className: "dot" });
    dot.style.background = groupColour(id);
    kinds.append(element("label", {}, box, dot, label(group), element("span", {}, String(data.nodes.filter((n) => n.g === id).length))));
  }
}

function sliders() {
  const [first, last] = [data.years[0], data.years.at(-1)];
  for (const [id, value] of [["from", first], ["to", last]]) {
    Object.assign($(id), { min: first, max: last, step: 1, value });
    $(id).addEventListener("input", () => {
      state[id] = Number($(id).value);
      if (state.from > state.to) $(id === "from" ? "to" : "from").value = state.from = state.to = state[id];
      $("range").value = span();
      refilter();
    });
  }
  $("yearbox").hidden = data.years.length < 2;
  const weights = [...new Set(data.edges.map((e) => e.w))].sort((a, b) => a - b);
  Object.assign($("weight"), { min: 0, max: Math.max(0, weights.length - 1), step: 1, value: 0 });
  $("weightbox").hidden = weights.length < 2;
  $("weight").addEventListener("input", () => {
    state.weight = weights[Number($("weight").value)];
    $("least").value = `≥ ${state.weight}`;
    refilter();
  });
  $("least").value = `≥ ${weights[0] ?? 0}`;
  $("range").value = span();
}

/** What the colours of lines say, where they say anything. */
function edgeKinds() {
  const said = new Set(data.edges.map((edge) => edge.c ?? (edge.b?.includes("explicit") ? "explicit" : edge.b?.length ? "other" : "")));
  const keys = said.has("new") || said.has("gone") ? ["new", "gone", "kept"] : said.has("explicit") ? ["explicit", "implied"] : [];
  $("lines").replaceChildren(...keys.map((key) => {
    const line = element("span", { className: "line" });
    line.style.background = lineColour(key);
    return element("span", { className: "key" }, line, words()[key]);
  }));
}

const span = () => (state.from === state.to ? String(state.from ?? "") : `${state.from}–${state.to}`);

function speak() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  document.title = `${label(data.title)} · fazhi-kg`;
  $("title").textContent = label(data.title);
  for (const item of document.querySelectorAll("[data-word]")) item.textContent = words()[item.dataset.word];
  for (const item of document.querySelectorAll("[data-tip]")) item.setAttribute("aria-label", (item.title = words()[item.dataset.tip]));
  $("query").placeholder = words().search;
  $("stage").setAttribute("aria-label", `${label(data.title)} — ${words().hint}`);
  legend();
  filter();
  panel.again();
}

function dress() {
  document.documentElement.dataset.theme = state.dark ? "dark" : "light";
  legend();
  panel.again();
  refresh();
}

let worker = null;
function layout() {
  if (worker === null) {
    worker = startWorker(graph);
    clearTimeout(timer);
    timer = setTimeout(layout, Math.min(8000, 2000 + graph.order * 2));
  } else {
    clearTimeout(timer);
    worker.kill();
    worker = null;
    part(graph, ratio());
  }
  $("layout").textContent = worker === null ? words().layout : words().stop;
  $("layout").setAttribute("aria-pressed", String(worker !== null));
  $("layout").dataset.word = worker === null ? "layout" : "stop";
}

const ratio = () => $("stage").clientWidth / Math.max(1, $("stage").clientHeight);
const scene = () => addEdges(makeScene(renderer, fontSize()), renderer);
const svg = () => toSvg(scene(), colours(), label(data.title));

function buttons() {
  const camera = () => renderer.getCamera();
  const acts = {
    layout, fit: () => camera().animatedReset(), bigger: () => camera().animatedZoom(), smaller: () => camera().animatedUnzoom(),
    language: () => ((state.lang = state.lang === "zh" ? "en" : "zh"), speak(), refresh()),
    theme: () => ((state.dark = !state.dark), dress()),
    svg: () => save(new Blob([svg()], { type: "image/svg+xml" }), `${data.view}.svg`),
    png: () => toCanvas(scene(), colours(), 2).toBlob((blob) => save(blob, `${data.view}.png`), "image/png"),
  };
  for (const [id, act] of Object.entries(acts)) $(id).addEventListener("click", act);
  const keys = { "+": acts.bigger, "=": acts.bigger, "-": acts.smaller, 0: acts.fit, l: layout, L: layout, Escape: leave };
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  document.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") event.preventDefault(), $("query").focus();
    else if (event.key in keys) keys[event.key]();
    else if (event.key in moves && event.target === $("stage")) {
      event.preventDefault();
      const { x, y, ratio } = camera().getState();
      camera().animate({ x: x + moves[event.key][0] * 0.12 * ratio, y: y + moves[event.key][1] * 0.12 * ratio }, { duration: 120 });
    }
  });
  addEventListener("beforeprint", () => {
    const drawn = new DOMParser().parseFromString(toSvg(scene(), { paper: "#ffffff", ink: "#000000" }, label(data.title)), "image/svg+xml");
    $("print").replaceChildren(document.importNode(drawn.documentElement, true));
  });
}

filter();
arrange(graph, ratio());
sliders();
makeSearch({ data, shown, state, words, label, input: $("query"), list: $("found"), choose: (key) => choose(key, true) });
try {
  startRenderer();
} catch (error) {
  $("empty").dataset.word = "nowebgl";
  console.warn(error);
}
if (renderer !== null) buttons();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => ((state.dark = event.matches), dress()));
if (innerWidth <= 720) $("legend").open = false;
speak();
dress();
document.body.dataset.ready = "true";
globalThis.network = { graph, renderer, shown, state, scene, svg, font: FONT };
