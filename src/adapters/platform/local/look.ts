import { setTimeout as pause } from "node:timers/promises";
import { SECOND } from "#core/base/time.ts";
import type { Counters, Look } from "#core/judge/reading.ts";
import type { RouterState } from "#processes/router/admin.ts";
import { BOUNDS } from "#processes/router/tally.ts";
import type { Deployed } from "../environment.ts";
import { ask, fault } from "./http.ts";
import { lastWords, stateOf } from "./kept.ts";
import { folderOf, type World } from "./settle.ts";

/** Longest that a service may take to answer a look, and its health probe while it starts, in ms. */
const LOOK = 2 * SECOND;
const BOOT = 5 * SECOND;
/** A service that dies this often while it is being started will not get better by waiting. */
const STARTS = 5;

/** One look at a version: the router's counters over all its services, the health and the database calls of each. */
export async function lookAt(world: World, one: Deployed, router: RouterState): Promise<Look> {
  const services = Object.entries(one.services);
  const [problems, calls] = await Promise.all([
    Promise.all(
      services.map(async ([service, { health }]) => {
        const why = await ill(world, one, { service, health, within: LOOK });
        return why === null ? [] : [`${service} ${why}`];
      }),
    ),
    Promise.all(
      services.map(([service, { metrics }]) => databaseCalls(world, one, { service, metrics })),
    ),
  ]);
  const counters: Counters = {
    ...countersOf(router, one.name),
    databaseCalls: calls.reduce((sum, { calls }) => sum + calls, 0),
    databaseErrors: calls.reduce((sum, { errors }) => sum + errors, 0),
  };
  const problem = problems.flat().join("; ");
  const version = one.name;
  return problem === ""
    ? { healthy: true, version, counters }
    : { healthy: false, version, problem, counters };
}

/** Waits until every service of a version answers its health probe; a sentence where one does not by the deadline, in the time of `performance.now()`. */
export async function untilHealthy(
  world: World,
  one: Deployed,
  deadline: number,
): Promise<string | null> {
  const waits = Object.entries(one.services).map(([service, { health }]) =>
    serviceHealthy(world, one, { service, health, deadline }),
  );
  const sick = (await Promise.all(waits)).filter((why) => why !== null);
  return sick.length === 0 ? null : sick.join(" ");
}

async function serviceHealthy(
  world: World,
  one: Deployed,
  { service, health, deadline }: { service: string; health: string; deadline: number },
): Promise<string | null> {
  const folder = folderOf(world, one.name, service);
  const { starts: before } = stateOf(folder);
  for (let wait = 15; ; wait = Math.min(wait * 1.3, 250)) {
    const left = deadline - performance.now();
    const why = await ill(world, one, {
      service,
      health,
      within: Math.min(BOOT, Math.max(left, 1)),
    });
    if (why === null) return null;
    const { starts, last } = stateOf(folder);
    if (starts - before >= STARTS - 1 || left <= 0) {
      const end = last === null ? "" : ` It ended ${starts} times, the last time with ${last}.`;
      const words = lastWords(folder);
      return `${service} ${why}.${end}${words === "" ? "" : ` Its last words: ${words}`}`;
    }
    await pause(Math.min(wait, Math.max(left, 1)));
  }
}

/** Why a service is not well; null where it is. */
async function ill(
  world: World,
  { name }: Deployed,
  { service, health, within }: { service: string; health: string; within: number },
): Promise<string | null> {
  const { port } = stateOf(folderOf(world, name, service));
  if (port === 0) return "has not been started";
  const why = fault(await ask({ port, path: health, within }));
  return why === null ? null : `${why} at ${health}`;
}

/** The router's counters of a version, summed over its services. */
function countersOf(
  { services }: RouterState,
  name: string,
): Omit<Counters, "databaseCalls" | "databaseErrors"> {
  const tallies = Object.values(services)
    .flat()
    .filter(({ version }) => version === name)
    .map(({ tally }) => tally);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    requests: sum(tallies.map(({ requests }) => requests)),
    errors: sum(tallies.map(({ errors }) => errors)),
    latency: BOUNDS.map((upTo, index) => [
      upTo,
      sum(tallies.map(({ latency }) => latency[index]?.[1] ?? 0)),
    ]),
  };
}

/** What a service says of its database; nothing where it says nothing. */
async function databaseCalls(
  world: World,
  { name }: Deployed,
  { service, metrics }: { service: string; metrics: string | undefined },
): Promise<{ calls: number; errors: number }> {
  const { port } = stateOf(folderOf(world, name, service));
  if (metrics === undefined || port === 0) return { calls: 0, errors: 0 };
  const reply = await ask({ port, path: metrics, within: LOOK });
  const text = typeof reply === "string" || reply.status !== 200 ? "" : reply.body;
  return { calls: total(text, "db_calls_total"), errors: total(text, "db_errors_total") };
}

/** The sum of all samples of one metric in Prometheus' text format. */
export function total(text: string, metric: string): number {
  let sum = 0;
  for (const line of text.split("\n")) {
    if (!line.startsWith(metric) || !/^[{ \t]/.test(line.slice(metric.length))) continue;
    // A label may hold spaces and brackets, so the value is what follows the last bracket.
    const value = Number(
      line
        .slice(Math.max(line.lastIndexOf("}") + 1, metric.length))
        .trim()
        .split(/\s/)[0],
    );
    if (Number.isFinite(value) && value >= 0) sum += value;
  }
  return sum;
}
