// `npm run bench [name ...]`: measures, prints, and writes docs/benchmarks.md. Ends with 1 when a target was missed.
import { ensureProgram } from "../tools/build.ts";
import { cliBench } from "./cli.bench.ts";
import { consoleBench } from "./console.bench.ts";
import { detectBench } from "./detect.bench.ts";
import { engineBench } from "./engine.bench.ts";
import { fuzzBench } from "./fuzz.bench.ts";
import { type Bench, runBench } from "./harness.ts";
import { journalBench } from "./journal.bench.ts";
import { judgeBench } from "./judge.bench.ts";
import { planBench } from "./plan.bench.ts";
import { routerBench } from "./router.bench.ts";
import { simulateBench } from "./simulate.bench.ts";
import { storeBench } from "./store.bench.ts";
import { swarmBench } from "./swarm.bench.ts";
import { verifierBench } from "./verifier.bench.ts";
import { versionsBench } from "./versions.bench.ts";

/** Every bench there is; a new one is a file and a line here. */
const BENCHES: readonly Bench[] = [
  engineBench,
  swarmBench,
  detectBench,
  judgeBench,
  simulateBench,
  planBench,
  versionsBench,
  storeBench,
  journalBench,
  routerBench,
  cliBench,
  consoleBench,
  verifierBench,
  fuzzBench,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  const names = BENCHES.map(({ name }) => name).join(", ");
  process.stderr.write(`There is no bench called ${unknown.join(", ")}. There are: ${names}.\n`);
  process.exit(2);
}
// What is measured is what people start: the built program.
await ensureProgram();
for (const bench of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
  if (!(await runBench(bench))) process.exitCode = 1;
}
