import type { Entry, Head } from "#core/audit/entry.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Incident } from "#core/incidents/incident.ts";
import type { Command } from "#core/release/commands.ts";
import type { AgendaEntry } from "#core/reports/agenda.ts";
import type { DebtReport } from "#core/reports/debts.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { agendaSpan, type Days } from "./agenda-span.ts";
import type { Engine } from "./engine.ts";
import type { Carried } from "./handle.ts";
import type { IncidentSaying } from "./incidents.ts";
import { otherReleases } from "./others.ts";
import { type PolicyInForce, readInForce } from "./policy-in-force.ts";
import type { PlanAsk, Planner } from "./ports/planner.ts";
import type { ReadPolicyFile } from "./ports/policy-file.ts";
import type { BoardRow, RowFilter, Store } from "./ports/store.ts";
import type { Problem } from "./problem.ts";
import { type Verify, type VerifyReport, verifyReport } from "./verify.ts";

/** What a person may say to a release that is under way. */
export type Saying = Exclude<Command, { ask: "plan" | "revise" | "answer" | "wake" }>;

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;
type Acted = Answered<StatusReport>;

/**
 * Everything that people and programs can ask of Holdpoint, by whatever way they come: the CLI on its own store
 * (`LocalDesk`), or the CLI through the API of a server (`RemoteDesk`, src/api/client.ts).
 */
export interface Desk {
  /** What a release would be, without recording anything. */
  plan(ask: PlanAsk): Answered<PlanReport>;
  /** Plans a release and sets it on its way. */
  release(ask: PlanAsk, carried?: Carried): Answered<StatusReport>;
  /** Plans a release again from today's commit and policy; voids exactly the answers that rest on what changed. */
  revise(release: string, by: string, carried?: Carried): Answered<StatusReport>;
  /** What releases owe and is not settled, the earliest due first. */
  debts(): Answered<readonly DebtReport[]>;
  /** The policy that new releases are planned by, whether it is sound or not. */
  policy(): Answered<PolicyInForce>;
  /** What the calendar holds between two days of the policy's zone; a quarter from today where none are named. */
  agenda(days: Days): Answered<Agenda>;
  say(release: string, saying: Saying, carried?: Carried): Answered<StatusReport>;
  /** Opens, updates or resolves an incident; the policy says who may. */
  tell(saying: IncidentSaying, carried?: Pick<Carried, "request">): Answered<Incident>;
  /** All incidents, the latest opened first. */
  incidents(): Answered<readonly Incident[]>;
  /** Rows of releases, the latest planned first; only those after `before` in that order. */
  releases(filter: Omit<RowFilter, "release">): Answered<readonly BoardRow[]>;
  status(release: string): Answered<StatusReport>;
  /** Journal entries after a position, of one release or of all, in order. */
  log(ask: { release?: string; after: number; limit: number }): Answered<readonly Entry[]>;
  /** Proves the whole journal, against a head that was noted down elsewhere if one is given. */
  verify(noted?: Head): Answered<VerifyReport>;
}

/** The calendar of a policy, over some days. */
export interface Agenda {
  readonly system: string;
  readonly zone: string;
  /** When it was made. */
  readonly at: Instant;
  readonly entries: readonly AgendaEntry[];
}

/** A desk that works on the store itself. Lists and the log come from the store alone, without the engine. */
export function localDesk(parts: {
  store: Store;
  engine: () => Promise<Engine>;
  planner: Planner;
  policyFile: ReadPolicyFile;
  verify: Verify;
  clock: () => Instant;
}): Desk {
  const { store, engine, planner, verify, clock } = parts;
  const run = async (release: string, command: Command, carried: Carried = {}): Acted => {
    const { handler, statusReport } = await engine();
    const done = await handler.handle(release, command, { now: clock(), ...carried });
    return done.ok ? ok(statusReport(done.value.release, clock())) : err([done.error]);
  };
  const known = async (release: string): Acted => {
    const { handler, statusReport } = await engine();
    const loaded = await handler.load(release);
    return loaded === null ? err([unknown(release)]) : ok(statusReport(loaded.release, clock()));
  };
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
    async release(ask, carried) {
      const planned = await planner.plan(ask);
      if (!planned.ok) return planned;
      const { plan } = planned.value;
      return await run(plan.release, { ask: "plan", by: ask.by, plan }, carried);
    },
    async revise(release, by, carried) {
      const { handler } = await engine();
      const loaded = await handler.load(release);
      if (loaded === null) return err([unknown(release)]);
      const { type, at, incident, plannedAt } = loaded.release.plan;
      const planned = await planner.plan({ by, type, at, incident, plannedAt });
      if (!planned.ok) return planned;
      const plan = { ...planned.value.plan, release };
      return await run(release, { ask: "revise", by, plan }, carried);
    },
    async debts() {
      const { handler, openDebts } = await engine();
      return ok(openDebts(await otherReleases({ store, handler }, ""), clock()));
    },
    policy: () => readInForce(parts),
    async agenda(days) {
      const policy = await planner.policy();
      if (!policy.ok) return policy;
      const { system, zone } = policy.value;
      const within = agendaSpan(days, { zone, now: clock() });
      if (!within.ok) return within;
      const { handler, agenda } = await engine();
      const releases = await otherReleases({ store, handler }, "");
      return ok({
        system,
        zone,
        at: clock(),
        entries: agenda(policy.value, releases, within.value),
      });
    },
    say: (release, saying, carried) => run(release, saying, carried),
    ...incidentDesk(parts),
    releases: async (filter) => ok(await store.rows(filter)),
    status: known,
    async log({ release, after, limit }) {
      if (release === undefined) return ok(await store.readAll(after, limit));
      const entries = await store.read(release);
      return entries.length === 0
        ? err([unknown(release)])
        : ok(entries.filter(({ position }) => position > after).slice(0, limit));
    },
    verify: async (noted) => ok(verifyReport(await verify(noted))),
  };
}

/** What is told of incidents; who may is said by the policy of today. */
function incidentDesk({
  engine,
  planner,
  clock,
}: Pick<Parameters<typeof localDesk>[0], "engine" | "planner" | "clock">): Pick<
  Desk,
  "tell" | "incidents"
> {
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

function unknown(release: string): Problem {
  return {
    code: "no-release",
    sentence: `There is no release ${release}.`,
    remedy: "See `holdpoint status` for those there are.",
  };
}
