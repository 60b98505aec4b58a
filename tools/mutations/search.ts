// Lives the lives of one copy of the core, until one of them breaks an invariant: prints what was found, or null.
import { pathToFileURL } from "node:url";

const [file = "", lives = "0"] = process.argv.slice(2);
const { live } = (await import(
  pathToFileURL(file).href
)) as typeof import("#core/simulation/swarm/life.ts");

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
