import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Target } from "#app/ports/outside.ts";
import type { SampleSource, Totals } from "#app/ports/samples.ts";
import { SECOND } from "#core/base/time.ts";
import type { Counters } from "#core/judge/reading.ts";
import type { PrometheusQueries, PrometheusSamples } from "#core/policy/outside.ts";
import { Accumulator, type SeriesValue } from "./accumulate.ts";
import { latencyOf } from "./buckets.ts";

/** Longest answer, in bytes, and most series in one. */
const LONGEST = 4 * 1024 * 1024;
const MOST_SERIES = 5000;

export interface PrometheusParts {
  readonly config: PrometheusSamples;
  /** Told of a query that failed, once for each reason in a row. */
  readonly report: (problem: string) => void;
}

/** Most versions whose series are kept in mind. */
const MOST_READERS = 50;

/**
 * Counts from a Prometheus server (API v1, instant queries): the policy's queries select counters of each version, one
 * series for each process, bucket and so on; what each series rose by is added up here, so that restarts of single
 * processes lose nothing but what was never scraped. The server's own clock decides what "now" is, so that a difference
 * between its clock and ours cannot hide or invent requests.
 *
 * A version whose `requests` query has no series was not measured; the same where the server does not answer. When this
 * process begins, so do its totals. Each version has totals of its own, as its queries name it.
 */
export function prometheusSource({ config, report }: PrometheusParts): SampleSource {
  const readers = new Map<string, ArmReader>();
  let [told, hasRead] = ["", false];
  const ofVersions = textOf(config.canary, SAME) === textOf(config.baseline, SAME);
  const readerOf = (arm: "canary" | "baseline", target: Target): ArmReader => {
    const text = textOf(config[arm], target);
    // A new version that comes while this process looks on has counted nothing that does not count.
    const isNew = arm === "canary" && hasRead;
    const reader = readers.get(text) ?? new ArmReader(filledIn(config[arm], target), isNew);
    readers.delete(text);
    readers.set(text, reader);
    for (const [oldest] of readers) if (readers.size > MOST_READERS) readers.delete(oldest);
    return reader;
  };
  const measure = async (arm: "canary" | "baseline", target: Target): Promise<Counters | null> => {
    try {
      const counters = await readerOf(arm, target).read((query) => ask(config, query));
      told = "";
      return counters;
    } catch (error) {
      const why = `Prometheus at ${new URL(config.url).origin}: ${(error as Error).message}`;
      if (why !== told) report(why);
      told = why;
      return null;
    }
  };
  return {
    async totals(target): Promise<Totals> {
      const [canary, baseline] = await Promise.all([
        measure("canary", target),
        measure("baseline", target),
      ]);
      hasRead = true;
      return { canary, baseline, ofVersions };
    },
  };
}

/** A release of which both versions are one: with the same queries for both, totals go with the version. */
const SAME = { environment: "e", release: "r", version: "v", previous: "v", commit: "c" };

function filledIn(queries: PrometheusQueries, about: About): PrometheusQueries {
  const said = Object.entries(queries).map(([name, query]) => [
    name,
    name === "unit" ? query : filled(query, about),
  ]);
  return Object.fromEntries(said) as PrometheusQueries;
}

function textOf(queries: PrometheusQueries, about: About): string {
  return JSON.stringify(filledIn(queries, about));
}

type Query = (text: string) => Promise<readonly Sample[]>;
interface Sample extends SeriesValue {
  readonly labels: Readonly<Record<string, string>>;
}

const COUNTED = {
  requests: "requests",
  errors: "errors",
  "database-calls": "databaseCalls",
  "database-errors": "databaseErrors",
  "cache-hits": "cacheHits",
} as const;
type Counted = keyof typeof COUNTED;

/** The totals of one version. */
class ArmReader {
  readonly #queries: PrometheusQueries;
  readonly #totals = new Map<string, Accumulator>();
  readonly #isNew: boolean;
  #seen = false;

  constructor(queries: PrometheusQueries, isNew: boolean) {
    this.#queries = queries;
    this.#isNew = isNew;
  }

  async read(ask: Query): Promise<Counters | null> {
    const { latency, cpu, memory } = this.#queries;
    const names = (Object.keys(COUNTED) as Counted[]).filter(
      (name) => this.#queries[name] !== undefined,
    );
    // All of one moment, before any is taken in: a failure in between must not tear them apart.
    const [counts, buckets, gauges] = await Promise.all([
      Promise.all(names.map(async (name) => [name, await ask(this.#queries[name] ?? "")] as const)),
      latency === undefined ? [] : ask(latency),
      Promise.all([cpu, memory].map((query) => (query === undefined ? [] : ask(query)))),
    ]);
    const totals = Object.fromEntries(
      counts.map(([name, series]) => [COUNTED[name], this.#add(name, series)]),
    );
    this.#seen ||= counts.some(([name, series]) => name === "requests" && series.length > 0);
    const running = this.#buckets(buckets);
    if (!this.#seen) return null;
    const [load, used] = gauges.map(highest);
    return {
      ...{ requests: 0, errors: 0, databaseCalls: 0, databaseErrors: 0 },
      ...totals,
      latency: latencyOf(running, this.#queries.unit === "s" ? SECOND : 1),
      ...(load !== undefined && { cpu: load }),
      ...(used !== undefined && { memory: used }),
    };
  }

  #add(name: string, series: readonly SeriesValue[]): number {
    const total = this.#totals.get(name) ?? new Accumulator(this.#isNew);
    this.#totals.set(name, total);
    return total.add(series);
  }

  /** Running counts by upper bound, each bound a counter of its own. */
  #buckets(samples: readonly Sample[]): ReadonlyMap<string, number> {
    const bounds = Map.groupBy(samples, ({ labels }) => labels["le"] ?? "");
    bounds.delete("");
    for (const [le, series] of bounds) this.#add(`le ${le}`, series);
    const known = [...this.#totals].filter(([name]) => name.startsWith("le "));
    return new Map(known.map(([name, total]) => [name.slice(3), total.total]));
  }
}

/** Load is that of the process that has most. */
function highest(series: readonly SeriesValue[]): number | undefined {
  const values = series.map(({ value }) => value).filter(Number.isFinite);
  return values.length === 0 ? undefined : Math.max(...values);
}

const answerShape = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("vector"),
    result: z
      .array(
        z.object({
          metric: z.record(z.string(), z.string()),
          value: z.tuple([z.number(), z.string()]),
        }),
      )
      .max(MOST_SERIES),
  }),
});

async function ask(config: PrometheusSamples, query: string): Promise<readonly Sample[]> {
  const token = config.token === undefined ? null : (await readFile(config.token, "utf8")).trim();
  const response = await fetch(new URL("api/v1/query", withSlash(config.url)), {
    method: "POST",
    redirect: "error",
    signal: AbortSignal.timeout(config.timeout),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: new URLSearchParams({ query }),
  });
  const text = await limited(response);
  if (!response.ok)
    throw new Error(`it answered ${response.status} to ${query}: ${sayError(text)}`);
  const read = answerShape.safeParse(JSON.parse(text));
  if (!read.success)
    throw new Error(`its answer to ${query} is no vector of at most ${MOST_SERIES} series`);
  return read.data.data.result.map(({ metric, value: [, value] }) => ({
    series: JSON.stringify(Object.entries(metric).sort(([a], [b]) => (a < b ? -1 : 1))),
    labels: metric,
    value: Number(value),
  }));
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}

async function limited(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > LONGEST) throw new Error(`its answer is longer than ${LONGEST} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** What Prometheus says of a bad query; nothing else of a strange answer is repeated. */
function sayError(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === "string" ? error.slice(0, 300) : "no reason given";
  } catch {
    return "no reason given";
  }
}

type About = Pick<Target, "version" | "previous" | "release" | "commit" | "environment">;

/** The query with what it may speak of filled in, as text within PromQL's double quotes. */
function filled(query: string, { previous = "none", ...about }: About): string {
  const { version, release, commit, environment } = about;
  const facts: Readonly<Record<string, string>> = {
    ...{ version, previous, release, commit, environment },
  };
  return query.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(facts, name) ? escaped(facts[name] ?? "") : whole,
  );
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
