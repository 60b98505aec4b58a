import { addHistograms } from "../base/histogram.ts";
import type { Arm } from "./sample.ts";

/** What two stretches of time counted together; load is that of the later one. Strata are left out: they come and go. */
export function addArms(earlier: Arm, later: Arm): Arm {
  return {
    requests: earlier.requests + later.requests,
    errors: earlier.errors + later.errors,
    latency: addHistograms([earlier.latency, later.latency]),
    ...sums(earlier, later),
    ...gauges(earlier, later),
  };
}

const COUNTS = [
  "failingClients",
  "dbOperations",
  "dbErrors",
  "cacheHits",
  "probes",
  "probesFailed",
] as const;

/** What neither stretch counted stays uncounted. */
function sums(one: Arm, other: Arm): Partial<Arm> {
  const known = COUNTS.filter((key) => one[key] !== undefined || other[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)]));
}

function gauges(earlier: Arm, later: Arm): Partial<Arm> {
  const cpu = later.cpu ?? earlier.cpu;
  const memory = later.memory ?? earlier.memory;
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}
