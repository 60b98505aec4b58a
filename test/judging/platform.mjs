// A team's own platform: what runs in an environment is a file of its home folder, and nothing really serves. The counts
// come from elsewhere.
import { readFileSync, writeFileSync } from "node:fs";

const { HOLDPOINT_ENVIRONMENT: environment, HOLDPOINT_VERSION: version, HOME } = process.env;
const { HOLDPOINT_CANARY: weight, HOLDPOINT_OF: of } = process.env;
const path = `${HOME}/${environment}.json`;
const world = JSON.parse(readFileSync(path, "utf8"));
const look = (one) => one && { healthy: true, version: one, counters: { requests: 0, errors: 0 } };

const operations = {
  deploy: () => Object.assign(world, { canary: version }),
  async weigh() {
    // The way back takes its time.
    if (weight === "0") await new Promise((later) => setTimeout(later, world.slow));
    world.weight = Number(weight);
  },
  retire: () => Object.assign(world, { canary: null, weight: 0 }),
  promote: () => Object.assign(world, { stable: version, canary: null, weight: 0 }),
  probe: () => process.exit((of === "stable" ? world.stable : world.canary) === null ? 1 : 0),
  measure: () => {
    const canary = world.canary === version ? world.canary : null;
    process.stdout.write(JSON.stringify({ canary: look(canary), baseline: look(world.stable) }));
  },
};

await operations[process.argv[2]]();
if (process.argv[2] !== "measure") writeFileSync(path, JSON.stringify(world));
