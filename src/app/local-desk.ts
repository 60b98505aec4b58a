// A desk that works on the store itself, one part for each thing that is spoken of. Lists and the log come from the store
// alone, without the engine.
import { err, ok } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Command } from "#core/release/commands.ts";
import { agendaSpan } from "./agenda-span.ts";
import type { Acted, Desk } from "./desk.ts";
import type { Engine } from "./engine.ts";
import type { Carried } from "./handle.ts";
import { otherReleases } from "./others.ts";
import { readInForce } from "./policy-in-force.ts";
import type { Planner } from "./ports/planner.ts";
import type { ReadPolicyAt, ReadPolicyFile } from "./ports/policy-file.ts";
import type { Store } from "./ports/store.ts";
import { noSuchRelease } from "./problem.ts";
import { type Verify, verifyReport } from "./verify.ts";

interface Parts {
  readonly store: Store;
  readonly engine: () => Promise<Engine>;
  readonly planner: Planner;
  readonly policyFile: ReadPolicyFile;
  readonly policyAt: ReadPolicyAt;
  readonly verify: Verify;
  readonly clock: () => Instant;
}

export function localDesk(parts: Parts): Desk {
  return {
    ...planningDesk(parts),
    ...releaseDesk(parts),
    ...policyDesk(parts),
    ...incidentDesk(parts),
    ...journalDesk(parts),
  };
}

/** What releases would be, and nothing is recorded. */
function planningDesk({ store, engine, planner, clock }: Parts): Pick<Desk, "plan" | "rehearse"> {
  return {
    async plan(ask) {
      const planned = await planner.plan(ask);
      if (!planned.ok) return planned;
      const { planReport, trafficOf } = await engine();
      const now = clock();
      const { plan } = planned.value;
      const traffic = await trafficOf(store.measures, plan, { now, rate: ask.traffic });
      return ok(planReport({ ...planned.value, traffic }, now));
    },
    async rehearse(ask) {
      const planned = await planner.plan(ask);
      if (!planned.ok) return planned;
      // Rehearsing is rare, and needs more of the house than all else here.
      const { rehearsal } = await import("./rehearse.ts");
      return ok(await rehearsal(planned.value.plan));
    },
  };
}

/** What is said to releases, and where they stand. */
function releaseDesk({
  store,
  engine,
  planner,
  clock,
}: Parts): Pick<Desk, "release" | "revise" | "say" | "status" | "debts"> {
  const run = async (release: string, command: Command, carried: Carried = {}): Acted => {
    const { handler, statusReport } = await engine();
    const done = await handler.handle(release, command, { now: clock(), ...carried });
    return done.ok ? ok(statusReport(done.value.release, clock())) : err([done.error]);
  };
  return {
    async release(ask, carried) {
      const planned = await planner.plan(ask);
      if (!planned.ok) return planned;
      const { plan } = planned.value;
      return await run(plan.release, { ask: "plan", by: ask.by, plan }, carried);
    },
    async revise(release, by, carried) {
      const { handler } = await engine();
      const loaded = await handler.load(release);
      if (loaded === null) return err([noSuchRelease(release)]);
      const { type, at, incident, plannedAt } = loaded.release.plan;
      const planned = await planner.plan({ by, type, at, incident, plannedAt });
      if (!planned.ok) return planned;
      const plan = { ...planned.value.plan, release };
      return await run(release, { ask: "revise", by, plan }, carried);
    },
    say: run,
    async status(release) {
      const { handler, statusReport } = await engine();
      const loaded = await handler.load(release);
      return loaded === null
        ? err([noSuchRelease(release)])
        : ok(statusReport(loaded.release, clock()));
    },
    async debts() {
      const { handler, openDebts } = await engine();
      return ok(openDebts(await otherReleases({ store, handler }, ""), clock()));
    },
  };
}

/** The policies, and what today's holds for the days to come. */
function policyDesk(parts: Parts): Pick<Desk, "policy" | "policies" | "policyDiff" | "agenda"> {
  const { store, engine, planner, clock } = parts;
  // Comparing is rare, too.
  const versions = () => import("./policy-versions.ts");
  return {
    policy: () => readInForce(parts),
    policies: async () => ok(await (await versions()).policyVersions(parts)),
    policyDiff: async (ask) => await (await versions()).policyDiff(parts, ask),
    async agenda(days) {
      const policy = await planner.policy();
      if (!policy.ok) return policy;
      const { system, zone } = policy.value;
      const within = agendaSpan(days, { zone, now: clock() });
      if (!within.ok) return within;
      const { handler, agenda } = await engine();
      const releases = await otherReleases({ store, handler }, "");
      const entries = agenda(policy.value, releases, within.value);
      return ok({ system, zone, at: clock(), entries });
    },
  };
}

/** What is told of incidents; who may is said by the policy of today. */
function incidentDesk({ engine, planner, clock }: Parts): Pick<Desk, "tell" | "incidents"> {
  return {
    async tell(saying, { request } = {}) {
      const policy = await planner.policy();
      if (!policy.ok) return policy;
      const { incidents } = await engine();
      const handling = { now: clock(), policy: policy.value, request };
      const told = await incidents.say(saying, handling);
      return told.ok ? told : err([told.error]);
    },
    async incidents() {
      const { incidents } = await engine();
      return ok(Object.values(await incidents.load()).toReversed());
    },
  };
}

/** Rows of the board, and the journal that all of it rests on. */
function journalDesk({ store, verify }: Parts): Pick<Desk, "releases" | "log" | "verify"> {
  return {
    releases: async (filter) => ok(await store.rows(filter)),
    async log({ release, after, limit }) {
      if (release === undefined) return ok(await store.readAll(after, limit));
      const entries = await store.read(release);
      return entries.length === 0
        ? err([noSuchRelease(release)])
        : ok(entries.filter(({ position }) => position > after).slice(0, limit));
    },
    verify: async (noted) => ok(verifyReport(await verify(noted))),
  };
}
