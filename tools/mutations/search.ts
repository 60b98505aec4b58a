// Lives the lives of a core with one bug in it, until one of them breaks an invariant: prints what was found, or null. The
// bug is planted as its file is loaded, so that no other file is touched.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MUTATIONS } from "./list.ts";

const CORE = join(import.meta.dirname, "../../src/core");
const [name = "", lives = "0"] = process.argv.slice(2);
const mutation = MUTATIONS.find((one) => one.name === name);
if (mutation === undefined) throw new Error(`no bug is called ${name}`);
const { file, from, to } = mutation;
const place = pathToFileURL(join(CORE, file)).href;
let isPlanted = false;

registerHooks({
  load(url, context, next) {
    if (url !== place) return next(url, context);
    const text = readFileSync(fileURLToPath(url), "utf8");
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
    isPlanted = true;
    const source = text.replace(from, () => to);
    return { format: "module-typescript", source, shortCircuit: true };
  },
});

const { live } = await import("#core/simulation/swarm/life.ts");
if (!isPlanted) throw new Error(`the swarm does not use ${file}`);

function search(): { seed: number; invariant: string; says: string } | null {
  for (let seed = 0; seed < Number(lives); seed += 1) {
    try {
      const { broken } = live(seed);
      if (broken !== null) return { seed, ...broken };
    } catch (error) {
      return { seed, invariant: "never throws", says: String(error) };
    }
  }
  return null;
}

process.stdout.write(JSON.stringify(search()));
