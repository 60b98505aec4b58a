// A team's own platform for tests: scripts that keep a pretended environment in `world.json`.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";

const { HOLDPOINT_VERSION: version, HOLDPOINT_CANARY: weight, HOLDPOINT_OF: of } = process.env;
const world = JSON.parse(readFileSync("world.json", "utf8"));
const save = () => writeFileSync("world.json", JSON.stringify(world));
const refuse = (why) => {
  process.stderr.write(`${why}\n`);
  process.exit(1);
};

const operations = {
  deploy() {
    const { ill = false, boot = 0 } = world.behaviours[version] ?? {};
    if (ill) refuse(`${version} is not well`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, boot);
    if (world.stable !== version) world.canary = version;
    save();
  },
  weigh() {
    if (world.canary !== version) refuse(`${version} is not there`);
    world.weight = Number(weight);
    save();
  },
  retire() {
    if (world.canary === version) Object.assign(world, { canary: null, weight: 0 });
    save();
  },
  promote() {
    if (world.canary === version)
      Object.assign(world, { stable: version, canary: null, weight: 0 });
    if (world.stable !== version) refuse(`${version} is not there`);
    save();
  },
  probe() {
    const asked =
      of === "stable" ? world.stable : [world.canary, world.stable].find((one) => one === version);
    if (asked == null) refuse(`${of} is not there`);
  },
  measure() {
    const look = (one) =>
      one == null
        ? null
        : { healthy: true, counters: world.totals[one] ?? { requests: 0, errors: 0 } };
    const canary = [world.canary, world.stable].find((one) => one === version);
    process.stderr.write("a warning that is no part of the reading\n");
    process.stdout.write(JSON.stringify({ canary: look(canary), baseline: look(world.stable) }));
  },
};

const operation = process.argv[2];
appendFileSync("log", `${operation} ${process.env.HOLDPOINT_KEY ?? ""}\n`);
operations[operation]();
