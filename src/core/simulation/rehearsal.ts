// A release of a policy before there is one: planned as it would be, and run by the production engine on a virtual clock.
import { type Digest, digestText } from "../base/digest.ts";
import { err, ok, type Result } from "../base/result.ts";
import { DAY, dayIn, HOUR, type Instant, momentFromZero } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import type { Policy } from "../policy/policy.ts";
import { type Plan, planOf } from "../release/plan.ts";
import { earliestSlot, type NotBefore, planningTime } from "../reports/slot.ts";
import { chanceFrom } from "./chance.ts";
import { atPace } from "./pace.ts";
import { type Simulated, simulate } from "./simulate.ts";
import type { Trouble } from "./traffic.ts";
import { world } from "./world.ts";

/** What is rehearsed, and what goes wrong in it. */
export interface Wish {
  readonly type: string;
  /** When it is planned. */
  readonly from: Instant;
  readonly seed: number;
  /** Steps that fail for good: all of a kind, or those in one phase. */
  readonly fails?: readonly { readonly kind: string; readonly phase?: string | undefined }[];
  readonly troubles?: readonly Trouble[];
  /** People and roles that do nothing; deputies count instead of them. */
  readonly absent?: readonly string[];
  readonly crashAt?: number | undefined;
}

export interface Rehearsed extends Simulated {
  readonly plan: Plan;
  /** What moved T-0 to where it is; null where the calendar has no legal slot within 400 days. */
  readonly because: readonly string[] | null;
}

/** So long after T-0 is looked on: the next quarter's window is among it, and nobody waits for more. */
const AFTERWARDS = 100 * DAY;
/** How long who is absent stays away. */
const AWAY = 600 * DAY;

/** Rehearses a release of a sound policy. The error is a phrase: what of the wish means nothing in the policy. */
export function rehearse(policy: Policy, wish: Wish): Result<Rehearsed, string> {
  const { type, from, seed, crashAt } = wish;
  if (!Object.hasOwn(policy.types, type)) return err(`the policy has no release type ${type}`);
  const absent = absentPeople(policy, wish.absent ?? []);
  if (!absent.ok) return absent;
  const away = { from: dayIn(from, policy.zone), to: dayIn(from + AWAY, policy.zone) };
  const absences = absent.value.map((who) => ({ who, ...away }));
  const { plan, because } = planned(
    { ...policy, absences: [...policy.absences, ...absences] },
    wish,
  );
  const answers = failing(plan, wish.fails ?? []);
  if (!answers.ok) return answers;
  const faults = { answers: answers.value, absent: absent.value, troubles: wish.troubles ?? [] };
  const paced = atPace(world(faults), chanceFrom(seed));
  const horizon = plan.at - from + AFTERWARDS;
  return ok({ plan, because, ...simulate(plan, paced, { from, horizon, crashAt }) });
}

/** So much happens in a rehearsal of one plan at most: several times what the longest release needs. */
const MOST = 20_000;

/** A release as it was planned, were everything to go well and everybody to come: at the pace of a seed. */
export function rehearsePlan(plan: Plan, seed: number): Simulated {
  const paced = atPace(world({ answers: {}, absent: [], troubles: [] }), chanceFrom(seed));
  const horizon = Math.max(0, plan.at - plan.plannedAt) + AFTERWARDS;
  return simulate(plan, paced, { from: plan.plannedAt, horizon, most: MOST });
}

/** The plan at the earliest legal slot that leaves time for its whole timeline. */
function planned(policy: Policy, { type, from }: Wish): Pick<Rehearsed, "plan" | "because"> {
  const early = planOf(policy, draftOf(policy, type, from));
  const all = [...planningTime(early), ...timeline(policy, type, from)];
  // Only the latest of them counts, so only that is told.
  const latest = all.toSorted((a, b) => b.at - a.at).slice(0, 1);
  const slot = earliestSlot(early, from, latest);
  const at = slot?.at ?? Math.max(from, ...latest.map((one) => one.at));
  const plan = planOf(policy, { ...draftOf(policy, type, from), at });
  return { plan, because: slot?.because ?? null };
}

/** The phases of a type that open before T-0, each as the time that it needs. */
function timeline({ phases, types, zone }: Policy, type: string, from: Instant): NotBefore[] {
  return (types[type]?.phases ?? []).flatMap((name) => {
    const opens = phases[name]?.opens;
    if (opens === undefined) return [];
    const before = from - momentFromZero(opens, from, zone);
    return before > 0 ? [{ at: from + before, why: `${name} opens at ${opens}` }] : [];
  });
}

function draftOf(policy: Policy, type: string, from: Instant): Parameters<typeof planOf>[1] {
  const of = policy.types[type];
  const largest = of?.bumps.at(-1) ?? "patch";
  const version = { patch: "1.0.1", minor: "1.1.0", major: "2.0.0" }[largest];
  const commit = "c".repeat(40);
  const carried = of?.allows[0] ?? "fix";
  const part = (name: string): Digest => digestText(`rehearsal of ${name}`);
  return {
    release: `rehearsal-${version}`,
    type,
    version,
    tag: policy.versioning.tag.replace("{version}", () => version),
    commit,
    bundle: {
      commit: part("commit"),
      artifacts: part("artifacts"),
      configuration: part("configuration"),
      migrations: part("migrations"),
      policy: part("policy"),
    },
    previous: { version: "1.0.0", commit: "b".repeat(40) },
    plannedAt: from,
    at: from,
    requester: "requester@example.test",
    authors: ["author@example.test"],
    incident: of?.needs.includes("incident") === true ? "INC-1" : undefined,
    notes: "",
    changes: { [carried]: { count: 1, last: from - HOUR, commit } },
  };
}

/** Everyone who was named, by address or by role. */
function absentPeople(
  { roles, staff }: Policy,
  named: readonly string[],
): Result<readonly string[], string> {
  const everyone = new Set([
    ...Object.values(roles).flat(),
    ...Object.values(staff).flatMap(({ deputies }) => deputies),
  ]);
  const absent: string[] = [];
  for (const name of named) {
    const people = Object.hasOwn(roles, name) ? (roles[name] ?? []) : [name];
    if (people.some((who) => !everyone.has(who)))
      return err(`${name} is neither a role nor a person of the policy`);
    absent.push(...people);
  }
  return ok([...new Set(absent)]);
}

const BROKEN: Answer = { outcome: "failed", reason: "it fails in this rehearsal" };

/** Answers by the beginnings of keys: `production/3-deploy/`. */
function failing(
  { phases }: Plan,
  fails: NonNullable<Wish["fails"]>,
): Result<Record<string, Answer>, string> {
  const answers: Record<string, Answer> = {};
  for (const { kind, phase } of fails) {
    const ids = phases
      .filter(({ name }) => phase === undefined || name === phase)
      .flatMap(({ steps }) => steps.filter((step) => step.kind === kind).map(({ id }) => id));
    if (ids.length === 0)
      return err(`the release has no step ${kind}${phase === undefined ? "" : ` in ${phase}`}`);
    for (const id of ids) answers[`${id}/`] = BROKEN;
  }
  return ok(answers);
}
