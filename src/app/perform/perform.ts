import type { Answer } from "#core/gates/gate.ts";
import type { Reading } from "#core/judge/reading.ts";
import { recordedFor } from "#core/release/charge.ts";
import type { Wanted } from "#core/release/next.ts";
import type { Terms } from "#core/release/plan.ts";
import type { Release } from "#core/release/state.ts";
import type { Platform, Target } from "../ports/outside.ts";
import type { Perform } from "../worker.ts";
import { announce } from "./announce.ts";
import { budgetAnswer, recordedIn } from "./budget.ts";
import { claim, free } from "./claim.ts";
import { runCommand } from "./command.ts";
import { lookAtDocuments } from "./documents.ts";
import type { Outside } from "./outside.ts";
import { findDebts, findRecord } from "./past.ts";
import { freePlace, takePlace } from "./place.ts";
import { publish } from "./publish.ts";
import { setTag } from "./tag.ts";
import { trafficIn } from "./traffic.ts";
import { writeFiles } from "./write.ts";

/** Something that is wanted, and of which release. */
interface Order<Ask> {
  readonly outside: Outside;
  /** The same on each repeat. */
  readonly key: string;
  readonly wanted: Ask;
  readonly release: Release;
}

type AskOf<Name extends Wanted["ask"]> = Extract<Wanted, { readonly ask: Name }>;

/** Who performs what: one line for each thing that a release can want. */
const PERFORMERS: {
  readonly [Name in Wanted["ask"]]: (order: Order<AskOf<Name>>) => Promise<Answer>;
} = {
  command: ({ outside, key, wanted, release }) =>
    runCommand(outside, { key, question: wanted, release }),
  claim: ({ outside, wanted, release }) => claim(outside.store, wanted.environment, release),
  free: ({ outside, wanted, release }) => free(outside.store, wanted.environment, release),
  place: ({ outside, wanted, release }) =>
    takePlace(outside.store, wanted, { release, now: outside.clock() }),
  "free-place": ({ outside, wanted, release }) =>
    freePlace(outside.store, wanted, { release, now: outside.clock() }),
  record: ({ outside, wanted, release }) => findRecord(outside, wanted.record, release),
  debts: ({ outside, wanted, release }) =>
    findDebts(outside, wanted.type, { release, now: outside.clock() }),
  tag: ({ outside, wanted, release }) => setTag(outside.repository, wanted, release),
  write: ({ outside, wanted, release }) => writeFiles(outside.repository, wanted, release),
  publish: ({ outside, key, wanted, release }) => publish(outside, { key, work: wanted, release }),
  documents: ({ outside, wanted, release }) => lookAtDocuments(outside.repository, wanted, release),
  announce: ({ outside, key, wanted, release }) => announce(outside, { key, ...wanted, release }),
  tell: ({ outside, key, wanted, release }) =>
    announce(outside, { key, ...wanted.outgoing, release }),
  measure: async (order) => ({ outcome: "done", facts: {}, reading: await readingOf(order) }),
  look,
  budget,
  traffic: async ({ outside, wanted, release }) => {
    const { environment } = wanted;
    const { objectives } = release.plan.terms;
    const ask = { environment, objectives, now: outside.clock() };
    return { outcome: "done", facts: { ...(await trafficIn(outside.store.measures, ask)) } };
  },
  deploy: (order) => {
    const [platform, target] = placeOf(order);
    return platform.deploy(order.key, target, order.wanted.timeout);
  },
  retire: (order) => {
    const [platform, target] = placeOf(order);
    return platform.retire(order.key, target);
  },
  promote: (order) => {
    const [platform, target] = placeOf(order);
    return platform.promote(order.key, target);
  },
  weigh: (order) => {
    const [platform, target] = placeOf(order);
    return platform.weigh(order.key, target, order.wanted.canary);
  },
  retreat: (order) => {
    const [platform, target] = placeOf(order);
    return platform.weigh(order.key, target, 0);
  },
  probe: (order) => {
    const [platform, target] = placeOf(order);
    const { version: of, paths, times, every, timeout } = order.wanted;
    return platform.probe(order.key, target, { of, paths, times, every, timeout });
  },
};

export function performer(outside: Outside): Perform {
  return async (key, wanted, release) => {
    // The table has a line for each; that this one takes what it gets cannot be said of all at once.
    const perform = PERFORMERS[wanted.ask] as (order: Order<Wanted>) => Promise<Answer>;
    return await perform({ outside, key, wanted, release });
  };
}

function placeOf({
  outside,
  wanted,
  release,
}: Order<{ readonly environment: string }>): [Platform, Target] {
  const platform = outside.platform(wanted.environment, release.plan.terms);
  return [platform, targetOf(release.plan, wanted.environment)];
}

type In = Order<{ readonly environment: string }>;

/** What the guard looks at: the traffic, and the record of each error budget that the judge asks for. */
async function look({ outside, wanted, release }: In): Promise<Answer> {
  const { environment } = wanted;
  const asked = recordedFor(release, environment);
  const all = Object.entries(release.plan.terms.objectives);
  const objectives = Object.fromEntries(all.filter(([name]) => asked.includes(name)));
  const now = outside.clock();
  const [reading, recorded] = await Promise.all([
    readingOf({ outside, wanted, release }),
    recordedIn(outside.store.measures, { environment, objectives, now }),
  ]);
  const known = Object.keys(recorded).length > 0 ? { ...reading, recorded } : reading;
  return { outcome: "done", facts: {}, reading: known };
}

function readingOf({
  outside,
  wanted: { environment },
  release: { plan },
}: Omit<In, "key">): Promise<Reading> {
  return measure(outside, { environment, terms: plan.terms, target: targetOf(plan, environment) });
}

/** The record has minutes only; whether anything serves is seen from the environment itself. */
async function budget({ outside, wanted, release }: In): Promise<Answer> {
  const { environment } = wanted;
  const reading = await readingOf({ outside, wanted, release });
  return await budgetAnswer(outside.store.measures, {
    environment,
    objectives: release.plan.terms.objectives,
    now: outside.clock(),
    serves: reading.baseline !== null,
  });
}

/** A reading of both versions of an environment. */
export async function measure(
  outside: Outside,
  {
    environment,
    terms,
    target,
  }: { environment: string; terms: Pick<Terms, "environments">; target: Target },
): Promise<Reading> {
  return await outside.platform(environment, terms).measure(target);
}

/** One version of an environment, with the services that run there. */
export function targetOf(
  plan: Pick<Release["plan"], "release" | "version" | "commit" | "previous"> & {
    readonly terms: Pick<Terms, "services" | "environments">;
  },
  environment: string,
): Target {
  const { services, environments } = plan.terms;
  const names = environments[environment]?.services ?? [];
  const here =
    names.length === 0
      ? services
      : Object.fromEntries(Object.entries(services).filter(([name]) => names.includes(name)));
  return {
    environment,
    release: plan.release,
    version: plan.version,
    commit: plan.commit,
    previous: plan.previous?.version,
    services: here,
  };
}
