/** Upper bounds of the latency buckets in milliseconds. */
export const BOUNDS = [
  1, 2, 3, 5, 7.5, 10, 15, 25, 40, 60, 100, 150, 250, 400, 600, 1000, 2500, 5000, 10_000, 30_000,
  60_000,
] as const;

/** What a version of a service has answered since the router began. */
export interface Tally {
  readonly requests: number;
  /** Answers with a 5xx status, answers that broke off, and requests that got no answer. */
  readonly errors: number;
  /** Upper bounds in ms and how many requests got the head of their answer in that time; the last bound counts all. */
  readonly latency: readonly (readonly [upTo: number, count: number])[];
}

export interface Counter {
  /** Counts a request that took `millis` until the head of its answer, or until it was clear that none comes. */
  count(millis: number, failed: boolean): void;
  /** Counts an answer that was counted as good and then broke off. */
  breakOff(): void;
  tally(): Tally;
  /** Seconds spent on all requests. */
  seconds(): number;
}

export function makeCounter(): Counter {
  const buckets = BOUNDS.map(() => 0);
  let [requests, errors, spent] = [0, 0, 0];

  function count(millis: number, failed: boolean): void {
    requests++;
    spent += millis;
    if (failed) errors++;
    const bucket = BOUNDS.findIndex((upTo) => millis <= upTo);
    if (bucket >= 0) buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }

  function tally(): Tally {
    let sum = 0;
    const latency = BOUNDS.map((upTo, index) => {
      sum += buckets[index] ?? 0;
      return [upTo, index === BOUNDS.length - 1 ? requests : sum] as const;
    });
    return { requests, errors, latency };
  }

  return { count, breakOff: () => void errors++, tally, seconds: () => spent / 1000 };
}

export interface Series {
  readonly service: string;
  readonly version: string;
  readonly counter: Counter;
}

/** All series in Prometheus' text format, version 0.0.4. */
export function exposition(series: readonly Series[]): string {
  const lines: string[] = [];
  const metric = (name: string, type: string, help: string, of: (one: Series) => string[]) => {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...series.flatMap(of));
  };
  metric(
    "holdpoint_requests_total",
    "counter",
    "Requests sent to a version of a service.",
    (one) => [`holdpoint_requests_total{${labels(one)}} ${one.counter.tally().requests}`],
  );
  metric("holdpoint_errors_total", "counter", "Answers with 5xx, broken off or missing.", (one) => [
    `holdpoint_errors_total{${labels(one)}} ${one.counter.tally().errors}`,
  ]);
  metric("holdpoint_latency_seconds", "histogram", "Time until the head of the answer.", latency);
  return `${lines.join("\n")}\n`;
}

function latency(one: Series): string[] {
  const name = "holdpoint_latency_seconds";
  const { latency, requests } = one.counter.tally();
  const exact = latency.slice(0, -1).map(([upTo, count]) => [String(upTo / 1000), count] as const);
  // The last bound of a tally counts all, which Prometheus says by an infinite bound.
  return [
    ...[...exact, ["+Inf", requests] as const].map(
      ([upTo, count]) => `${name}_bucket{${labels(one)},le="${upTo}"} ${count}`,
    ),
    `${name}_sum{${labels(one)}} ${one.counter.seconds()}`,
    `${name}_count{${labels(one)}} ${requests}`,
  ];
}

function labels({ service, version }: Series): string {
  return `service="${escaped(service)}",version="${escaped(version)}"`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
