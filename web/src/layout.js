// The first layout, the same on every machine: fixed starting places, a fixed number of steps, no chance and no clock.
import forceAtlas2 from "graphology-layout-forceatlas2";
import FA2Worker from "graphology-layout-forceatlas2/worker";
import noverlap from "graphology-layout-noverlap";

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

function settingsOf(graph) {
  return { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > 400, strongGravityMode: true, gravity: 0.06, scalingRatio: 12, slowDown: 4, edgeWeightInfluence: 0.4, linLogMode: false, adjustSizes: false };
}

/** Busy nodes begin in the middle, those of a component side by side on one spiral. */
function spread(graph) {
  const order = [];
  const seen = new Set();
  const keys = graph.nodes().sort((a, b) => graph.degree(b) - graph.degree(a) || (a < b ? -1 : 1));
  for (const start of keys) {
    const queue = seen.has(start) ? [] : [start];
    seen.add(start);
    for (let i = 0; i < queue.length; i++) {
      order.push(queue[i]);
      for (const next of graph.neighbors(queue[i]).sort()) if (!seen.has(next)) seen.add(next), queue.push(next);
    }
  }
  order.forEach((key, i) => {
    graph.setNodeAttribute(key, "x", 10 * Math.sqrt(i + 0.5) * Math.cos(i * GOLDEN));
    graph.setNodeAttribute(key, "y", 10 * Math.sqrt(i + 0.5) * Math.sin(i * GOLDEN));
  });
}

export function arrange(graph, ratio) {
  if (graph.order === 0) return;
  spread(graph);
  const steps = graph.order <= 500 ? 600 : graph.order <= 1500 ? 200 : 36;
  forceAtlas2.assign(graph, { iterations: steps, settings: settingsOf(graph), getEdgeWeight: "weight" });
  part(graph, ratio);
}

/** Stretch to the shape of the window and pull apart what lies upon another. */
export function part(graph, ratio) {
  const xs = graph.mapNodes((_, a) => a.x);
  const ys = graph.mapNodes((_, a) => a.y);
  const wide = Math.max(...xs) - Math.min(...xs) || 1;
  const high = Math.max(...ys) - Math.min(...ys) || 1;
  const stretch = Math.min(1.9, Math.max(0.6, (ratio * high) / wide));
  const scale = (34 * Math.sqrt(graph.order)) / Math.max(wide * stretch, high);
  graph.updateEachNodeAttributes((_, a) => ({ ...a, x: a.x * stretch * scale, y: a.y * scale }), { attributes: ["x", "y"] });
  if (graph.order <= 2000) noverlap.assign(graph, { maxIterations: 60, settings: { margin: 4, ratio: 1.2, speed: 3, gridSize: 20 } });
}

/** The same forces in a worker, while the reader watches; `stop` gives the time back. */
export function startWorker(graph) {
  const worker = new FA2Worker(graph, { settings: settingsOf(graph), getEdgeWeight: "weight" });
  worker.start();
  return worker;
}
