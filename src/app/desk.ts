import type { Entry, Head } from "#core/audit/entry.ts";
import type { Digest } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Span } from "#core/calendar/calendar.ts";
import type { Command } from "#core/release/commands.ts";
import type { AgendaEntry } from "#core/reports/agenda.ts";
import type { DebtReport } from "#core/reports/debts.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import type { StatusReport } from "#core/reports/status.ts";
import type { Engine } from "./engine.ts";
import type { Carried } from "./handle.ts";
import { otherReleases } from "./others.ts";
import { type PolicyInForce, readInForce } from "./policy-in-force.ts";
import type { PolicyDiff, PolicyVersion } from "./policy-versions.ts";
import type { PlanAsk, Planner } from "./ports/planner.ts";
import type { ReadPolicyAt, ReadPolicyFile } from "./ports/policy-file.ts";
import type { BoardRow, RowFilter, Store } from "./ports/store.ts";
import type { Problem } from "./problem.ts";
import { type Rehearsal, rehearsal } from "./rehearse.ts";
import { type Verify, type VerifyReport, verifyReport } from "./verify.ts";

/** What a person may say to a release that is under way. */
export type Saying = Exclude<Command, { ask: "plan" | "revise" | "answer" | "wake" }>;

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

/**
 * Everything that people and programs can ask of Holdpoint, by whatever way they come: the CLI on its own store
 * (`LocalDesk`), or the CLI through the API of a server (`RemoteDesk`, src/api/client.ts).
 */
export interface Desk {
  /** What a release would be, without recording anything. */
  plan(ask: PlanAsk): Answered<PlanReport>;
  /** How such a release would go, were everything to go well; records nothing. */
  rehearse(ask: PlanAsk): Answered<Rehearsal>;
  /** Plans a release and sets it on its way. */
  release(ask: PlanAsk, carried?: Carried): Answered<StatusReport>;
  /** Plans a release again from today's commit and policy; voids exactly the answers that rest on what changed. */
  revise(release: string, by: string, carried?: Carried): Answered<StatusReport>;
  /** What releases owe and is not settled, the earliest due first. */
  debts(): Answered<readonly DebtReport[]>;
  /** The policy that new releases are planned by, whether it is sound or not. */
  policy(): Answered<PolicyInForce>;
  /** The policies that the latest releases were planned by, the latest first. */
  policies(): Answered<readonly PolicyVersion[]>;
  /** Two of them compared, and so many ended releases lived again under the second. */
  policyDiff(ask: { was: Digest; is: Digest; replay: number }): Answered<PolicyDiff>;
  /** What the calendar holds between two days of the policy's zone; a quarter from today where none are named. */
  agenda(days: { from?: string; to?: string }): Answered<Agenda>;
  say(release: string, saying: Saying, carried?: Carried): Answered<StatusReport>;
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

/** From the beginning of the first day to the end of the last. */
function spanOf(
  { from, to }: { from?: string; to?: string },
  { zone, now }: { zone: string; now: Instant },
): Span {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const first = from === undefined ? today : Temporal.PlainDate.from(from);
  const last = to === undefined ? first.add({ months: 3 }) : Temporal.PlainDate.from(to);
  const moment = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds;
  return { from: moment(first), to: moment(last.add({ days: 1 })) };
}

/** A desk that works on the store itself. Lists and the log come from the store alone, without the engine. */
export function localDesk(parts: {
  store: Store;
  engine: () => Promise<Engine>;
  planner: Planner;
  policyFile: ReadPolicyFile;
  policyAt: ReadPolicyAt;
  verify: Verify;
  clock: () => Instant;
}): Desk {
  const { store, engine, planner, verify, clock } = parts;
  const run = async (
    release: string,
    command: Command,
    carried: Carried = {},
  ): Answered<StatusReport> => {
    const { handler, statusReport } = await engine();
    const done = await handler.handle(release, command, { now: clock(), ...carried });
    return done.ok ? ok(statusReport(done.value.release, clock())) : err([done.error]);
  };
  const known = async (release: string): Answered<StatusReport> => {
    const { handler, statusReport } = await engine();
    const loaded = await handler.load(release);
    return loaded === null ? err([unknown(release)]) : ok(statusReport(loaded.release, clock()));
  };
  return {
    async plan(ask) {
      const planned = await planner.plan(ask);
      if (!planned.ok) return planned;
      const { planReport } = await engine();
      return ok(planReport(planned.value, clock()));
    },
    async rehearse(ask) {
      const planned = await planner.plan(ask);
      return planned.ok ? ok(await rehearsal(planned.value.plan)) : planned;
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
    // Comparing is rare, and needs more of the house than all else here.
    policies: async () => ok(await (await import("./policy-versions.ts")).policyVersions(parts)),
    policyDiff: async (ask) => await (await import("./policy-versions.ts")).policyDiff(parts, ask),
    async agenda(days) {
      const policy = await planner.policy();
      if (!policy.ok) return policy;
      const { system, zone } = policy.value;
      const within = spanOf(days, { zone, now: clock() });
      const { handler, agenda } = await engine();
      const releases = await otherReleases({ store, handler }, "");
      return ok({ system, zone, at: clock(), entries: agenda(policy.value, releases, within) });
    },
    say: (release, saying, carried) => run(release, saying, carried),
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

function unknown(release: string): Problem {
  return {
    code: "no-release",
    sentence: `There is no release ${release}.`,
    remedy: "See `holdpoint status` for those there are.",
  };
}
