import { digestText } from "../../base/digest.ts";
import { HOUR, type Instant, MINUTE } from "../../base/time.ts";
import { type Policy, policyShape } from "../../policy/policy.ts";
import {
  type Bundle,
  type BundlePart,
  type Plan,
  type PlannedComponent,
  planOf,
} from "../../release/plan.ts";
import type { Carried } from "../../versioning/changes.ts";
import { type Chance, chanceFrom } from "../chance.ts";
import { AUTHOR, REQUESTER } from "./people.ts";
import { swarmPolicy } from "./policy.ts";

/** How many policies there are. Reading one takes longer than many a life, so lives share them. */
const POLICIES = 500;

/** Every life begins two hours before midnight, so that days end while releases wait. */
export const BEGIN: Instant = 22 * HOUR;

const read = new Map<number, Policy>();

/** The policy of a life: the same for the same seed. */
export function policyFor(seed: number): Policy {
  const index = Math.abs(seed) % POLICIES;
  const policy = read.get(index) ?? policyShape.parse(swarmPolicy(chanceFrom(index)));
  read.set(index, policy);
  return policy;
}

interface Freezing {
  readonly from: Instant;
  /** What it does to work that is under way. */
  readonly running: "finish" | "pause" | "retreat";
  readonly kind: "freeze" | "blackout";
}

/** The plan of the nth release of a life. */
export function planFor(
  policy: Policy,
  { number, at, freeze }: { number: number; at: Instant; freeze: Freezing | null },
): Plan {
  const first = firstPlans.get(policy) ?? made(policy, 1, BEGIN);
  firstPlans.set(policy, first);
  const plan = number === 1 && at === BEGIN ? first : made(policy, number, at);
  return freeze === null ? plan : frozen(plan, freeze);
}

/** Every life of a policy begins with the same plan, but for a freeze. */
const firstPlans = new Map<Policy, Plan>();

function made(policy: Policy, number: number, at: Instant): Plan {
  const version = `1.${number}.0`;
  return planOf(policy, {
    release: `swarm-${version}`,
    type: "any",
    version,
    tag: `v${version}`,
    commit: String(number).repeat(40),
    bundle: BUNDLE,
    previous: { version: "1.0.0", commit: "0".repeat(40) },
    plannedAt: at,
    at: at + HOUR,
    requester: REQUESTER,
    authors: [AUTHOR],
    notes: "",
    changes: changesOf(number, at),
    components: number % 2 === 1 ? COMPONENTS : undefined,
  });
}

/** The second release of a life carries a feature that came too late for those that freeze changes before T-0. */
function changesOf(number: number, at: Instant): NonNullable<Plan["changes"]> {
  const change = (last: Instant): Carried => ({ count: 1, last, commit: "1".repeat(40) });
  const late = at + 45 * MINUTE;
  return { feat: change(number > 1 ? late : at), fix: change(late) };
}

/** The release planned again without what came too late. */
export function withoutLate(plan: Plan): Plan {
  const { feat: _, ...changes } = plan.changes ?? {};
  return { ...plan, bundle: { ...plan.bundle, commit: digestText("without") }, changes };
}

/** What every other release goes out with, so that its steps ask for a work of each. */
const COMPONENTS: readonly PlannedComponent[] = ["core", "web"].map((component) => ({
  ...{ component, previous: "1.0.0", bump: "patch", version: "1.0.1", tag: `${component}-v1.0.1` },
  ...{ changelog: "", notes: "", why: [] },
}));

/** The same plan under a calendar with a freeze of some hours. */
function frozen(plan: Plan, { from, running, kind }: Freezing): Plan {
  const calendar = {
    windows: {},
    freezes: {
      swarm: {
        from: local(from),
        to: local(from + 5 * HOUR),
        zone: "UTC",
        reason: "a busy day",
        running,
        kind,
        except: [],
      },
    },
  };
  return { ...plan, terms: { ...plan.terms, calendar } };
}

/** A moment of January 1970 as calendars write it. */
function local(at: Instant): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const minutes = at / 60_000;
  return `1970-01-${two(1 + minutes / 1440)}T${two((minutes / 60) % 24)}:${two(minutes % 60)}`;
}

const PARTS = ["commit", "artifacts", "configuration", "migrations"] as const;
const BUNDLE: Bundle = {
  commit: digestText("commit"),
  artifacts: digestText("artifacts"),
  configuration: digestText("configuration"),
  migrations: digestText("migrations"),
  policy: digestText("policy"),
};

/** The release planned again, with some parts of its bundle changed. */
export function revised(plan: Plan, chance: Chance): Plan {
  const changed = new Set<BundlePart>(chance.some(PARTS));
  const digest = digestText(String(chance.draw()));
  const parts = Object.entries(plan.bundle).map(([part, was]) => [
    part,
    changed.has(part as BundlePart) ? digest : was,
  ]);
  return { ...plan, bundle: Object.fromEntries(parts) };
}
