// What is seen, as shapes in pixels, and three ways to draw it: labels on the page, a picture in SVG, a picture in PNG.
import { placeLabels } from "./labels.js";

export const FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","Hiragino Sans GB","WenQuanYi Micro Hei",sans-serif';
const widths = new Map();
let ruler = null;

/** Width of a line in pixels; each text is measured once a weight, at 100 px. */
export function measure(line, size, bold) {
  const key = bold ? `${line}\n` : line;
  if (!widths.has(key)) {
    ruler ??= document.createElement("canvas").getContext("2d");
    ruler.font = `${bold ? 600 : 400} 100px ${FONT}`;
    widths.set(key, ruler.measureText(line).width);
  }
  return (widths.get(key) * size) / 100;
}

/** Collect the visible shapes of a renderer in pixels of its view. */
export function makeScene(renderer, size) {
  const graph = renderer.getGraph();
  const { width, height } = renderer.getDimensions();
  const nodes = [];
  const at = new Map();
  graph.forEachNode((key) => {
    const data = renderer.getNodeDisplayData(key);
    if (data === undefined || data.hidden) return;
    const { x, y } = renderer.framedGraphToViewport(data);
    const node = { key, x, y, r: renderer.scaleSize(data.size), colour: data.color, label: data.label, rank: data.rank, forced: data.forced ? 1 : 0, faint: data.faint };
    nodes.push(node);
    at.set(key, node);
  });
  return { width, height, nodes, at, labels: placeLabels(nodes, width, height, size, measure) };
}

export function addEdges(scene, renderer) {
  scene.edges = [];
  renderer.getGraph().forEachEdge((key, attributes, source, target) => {
    const data = renderer.getEdgeDisplayData(key);
    const a = scene.at.get(source);
    const b = scene.at.get(target);
    if (data !== undefined && !data.hidden && a && b) scene.edges.push({ a, b, colour: data.color, width: renderer.scaleSize(data.size), arrow: data.type === "arrow" });
  });
  return scene;
}

export function drawLabels(context, scene, ink, paper) {
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const label of scene.labels) {
    context.font = `${label.bold ? 600 : 400} ${label.size}px ${FONT}`;
    context.textAlign = { start: "left", middle: "center", end: "right" }[label.anchor];
    label.text.forEach((line, i) => {
      const y = label.y + i * label.size * 1.25 + label.size * 0.12;
      context.strokeStyle = paper;
      context.lineWidth = 3;
      context.strokeText(line, label.x, y);
      context.fillStyle = ink;
      context.fillText(line, label.x, y);
    });
  }
}

/** Where a line ends, before the node that it points to. */
function ends({ a, b, arrow, width }) {
  const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const back = arrow ? (b.r + width * 2) / far : 0;
  return { x1: a.x, y1: a.y, x2: b.x - (b.x - a.x) * back, y2: b.y - (b.y - a.y) * back };
}

function head(edge) {
  const { x1, y1, x2, y2 } = ends(edge);
  const turn = Math.atan2(y2 - y1, x2 - x1);
  const long = 4 + edge.width * 2;
  return [[x2 + Math.cos(turn) * edge.width * 2, y2 + Math.sin(turn) * edge.width * 2], ...[-0.45, 0.45].map((d) => [x2 - Math.cos(turn + d) * long, y2 - Math.sin(turn + d) * long])];
}

export function toCanvas(scene, colours, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = scene.width * scale;
  canvas.height = scene.height * scale;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, scene.width, scene.height);
  for (const edge of scene.edges) {
    const { x1, y1, x2, y2 } = ends(edge);
    context.strokeStyle = context.fillStyle = edge.colour;
    context.lineWidth = edge.width;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    if (edge.arrow) {
      context.beginPath();
      head(edge).forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      context.fill();
    }
  }
  for (const node of scene.nodes) {
    context.fillStyle = node.colour;
    context.beginPath();
    context.arc(node.x, node.y, node.r, 0, 2 * Math.PI);
    context.fill();
  }
  drawLabels(context, scene, colours.ink, colours.paper);
  return canvas;
}

const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const number = (value) => String(Math.round(value * 10) / 10);

export function toSvg(scene, colours, title) {
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${scene.width} ${scene.height}" width="${scene.width}" height="${scene.height}" font-family='${FONT}'>`,
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="${colours.paper}"/>`,
  ];
  for (const edge of scene.edges) {
    const { x1, y1, x2, y2 } = ends(edge);
    parts.push(`<line x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}" stroke="${edge.colour}" stroke-width="${number(edge.width)}"/>`);
    if (edge.arrow) parts.push(`<polygon points="${head(edge).map((p) => p.map(number).join(",")).join(" ")}" fill="${edge.colour}"/>`);
  }
  for (const node of scene.nodes) parts.push(`<circle cx="${number(node.x)}" cy="${number(node.y)}" r="${number(node.r)}" fill="${node.colour}"><title>${escaped(node.label ?? "")}</title></circle>`);
  for (const label of scene.labels)
    label.text.forEach((line, i) => {
      const y = label.y + i * label.size * 1.25 + label.size;
      parts.push(`<text x="${number(label.x)}" y="${number(y)}" text-anchor="${label.anchor}" font-size="${label.size}"${label.bold ? ' font-weight="600"' : ""} fill="${colours.ink}" stroke="${colours.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${escaped(line)}</text>`);
    });
  return `${parts.join("\n")}\n</svg>\n`;
}
