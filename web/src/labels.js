// Labels without overlap: the weightiest first, each at the first free of five places around its node.

const PLACES = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.75, -0.8]];
const CELL = 96;
const SMALL = 3; // pixels: a dot that a label may cover

/** Boxes already taken, in a grid, so that a look-up costs little. */
class Taken {
  constructor() {
    this.cells = new Map();
  }

  *keys(box) {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++)
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) yield x * 100003 + y;
  }

  meets(box, owner) {
    for (const key of this.keys(box))
      for (const other of this.cells.get(key) ?? [])
        if (other.owner !== owner && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return true;
    return false;
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

/** A long name in one or two lines of about equal length, and what stands in brackets at its end, the place that tells it from others, on its own. */
export function lines(text) {
  const wide = [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
  if (wide <= 24) return [text];
  const bracketed = /^(.+?)\s*(\([^()]{1,28}\))$/.exec(text);
  if (bracketed) return [...lines(bracketed[1]), bracketed[2]];
  const characters = [...text];
  const at = text.includes(" ") && wide === characters.length ? nearestSpace(text, Math.ceil(characters.length / 2)) : Math.ceil(characters.length / 2);
  const cut = (part) => (part.length > 30 ? part.slice(0, 29).join("") + "…" : part.join(""));
  return [cut(characters.slice(0, at)), cut(characters.slice(at))].map((line) => line.trim());
}

function nearestSpace(text, middle) {
  const spaces = [...text].flatMap((c, i) => (c === " " ? [i] : []));
  return spaces.reduce((best, i) => (Math.abs(i - middle) < Math.abs(best - middle) ? i : best), spaces[0]);
}

/**
 * Choose which labels to draw, and where. `nodes` have x, y, r, label, rank, forced; `measure(line, size, bold)` gives a width in pixels.
 * No label leaves the picture, covers another, or covers a node other than its own; a forced label may cover nodes.
 */
export function placeLabels(nodes, width, height, size, measure) {
  const taken = new Taken();
  const inside = nodes.filter((n) => n.x > -n.r && n.y > -n.r && n.x < width + n.r && n.y < height + n.r);
  for (const n of inside) if (!n.faint && n.r >= SMALL) taken.add({ left: n.x - n.r, right: n.x + n.r, top: n.y - n.r, bottom: n.y + n.r, owner: n.key });
  const labels = [];
  const ranks = inside.map((n) => n.rank).sort((a, b) => b - a);
  const great = Math.max(ranks[Math.min(5, Math.floor(ranks.length / 12))] ?? 0, (ranks[ranks.length - 1] ?? 0) * 1.5);
  for (const n of inside) n.great = n.rank > great;
  const wanted = inside.filter((n) => !n.faint && n.label).sort((a, b) => b.forced - a.forced || b.rank - a.rank || (a.key < b.key ? -1 : 1));
  const room = new Taken();
  for (const n of wanted) {
    const fontSize = size + (n.forced ? 1 : 0) + (n.great ? 2 : 0);
    const text = lines(n.label);
    const w = Math.max(...text.map((line) => measure(line, fontSize, n.forced || n.great)));
    const h = text.length * fontSize * 1.25;
    for (const [dx, dy] of PLACES) {
      const left = dx === 0 ? n.x - w / 2 : dx > 0 ? n.x + dx * (n.r + 4) : n.x - n.r - 4 - w;
      const top = dy === 0 ? n.y - h / 2 : dy > 0 ? n.y + n.r + 3 : n.y + dy * (n.r + 3) - h;
      const box = { left: left - 2, right: left + w + 2, top, bottom: top + h, owner: n.key };
      if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) continue;
      if (room.meets(box, null) || (!n.forced && !n.great && taken.meets(box, n.key))) continue;
      room.add(box);
      labels.push({ x: dx === 0 ? n.x : dx > 0 ? left : left + w, y: top, anchor: dx === 0 ? "middle" : dx > 0 ? "start" : "end", text, size: fontSize, bold: Boolean(n.forced || n.great) });
      break;
    }
  }
  return labels;
}
