// src/<page>.js and the styles it imports → dist/<page>.js and dist/<page>.css, minified, with the licences of all that went in.
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { build } from "esbuild";

const PAGES = ["network"];

const result = await build({
  entryPoints: PAGES.map((page) => `src/${page}.js`),
  outdir: "dist",
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2020",
  format: "iife",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
});

for (const [file, output] of Object.entries(result.metafile.outputs)) {
  const packages = new Set(Object.keys(output.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  if (packages.size > 0) writeFileSync(file, notice([...packages].sort()) + readFileSync(file, "utf8"));
}

/** One notice for each text of a licence, naming the packages under it. */
function notice(packages) {
  const texts = new Map();
  for (const name of packages) {
    const path = ["LICENSE.txt", "LICENSE", "LICENSE.md"].map((file) => `node_modules/${name}/${file}`).find(existsSync);
    if (path === undefined) throw new Error(`${name} carries no licence: it cannot be bundled`);
    const text = readFileSync(path, "utf8").trim();
    const version = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  return [...texts].map(([text, names]) => `/*! ${names.join(", ")}\n${text} */\n`).join("");
}
