// For tests: a policy with a page, and releases of it told as the journal would.
import { digestOf } from "../base/digest.ts";
import { type Policy, type PolicyText, policyShape } from "../policy/policy.ts";
import type { Happened } from "../release/events.ts";
import { type Story as Life, planFrom, withSteps } from "../release/given.fake.ts";
import type { Draft, Plan } from "../release/plan.ts";
import { shownBy } from "../release/public.ts";
import { type ToldRelease, tellOn } from "./told-release.ts";

export const SECRET = "the reason that nobody outside may read";

const TEXT: PolicyText = withSteps(
  [
    { deploy: {} },
    { shift: { weights: ["10 %", "100 %"], soak: "2 min" } },
    { watch: { for: "2 h" } },
    { promote: {} },
  ],
  {
    guard: { look: [{ every: "1 min" }] },
    calendar: {
      windows: {
        sunday: { rule: "FREQ=WEEKLY;BYDAY=SU", from: "2026-01-04T06:00", for: "2 h" },
      },
    },
    types: {
      patch: { bumps: ["patch"], phases: ["production"] },
      maintenance: { bumps: ["patch"], phases: ["production"], cadence: ["sunday"] },
    },
    "status-page": {
      title: "Shop status",
      about: "How our services are.",
      url: "https://status.example.test/",
      areas: {
        shop: { title: "Online shop", environment: "production", about: "Browsing and checkout." },
        lab: { title: "Try-out shop", environment: "staging" },
      },
      maintenance: { types: ["maintenance"] },
      incidents: { roles: ["ops"] },
    },
  },
);

export type PageText = NonNullable<PolicyText["status-page"]>;

/** The policy, with another status page where a test wants one. */
export function pagePolicy(page: Partial<PageText> = {}): Policy {
  const text = TEXT["status-page"];
  if (text === undefined) throw new Error("the text has a page");
  return policyShape.parse({ ...TEXT, "status-page": { ...text, ...page } });
}

/** @param rollback what is said of it otherwise */
export function pagePlan(draft: Partial<Draft> = {}, rollback: object = {}): Plan {
  return planFrom({ ...TEXT, rollback: { ...TEXT.rollback, ...rollback } }, draft);
}

/** What the public hears of a life, by the policy's page. */
export function toldOf(life: Life, policy: Policy = pagePolicy()): ToldRelease {
  const page = policy["status-page"];
  if (page === undefined) throw new Error("the policy has a page");
  const { release } = life.release().plan;
  let told: ToldRelease | null = null;
  for (const [seq, one] of life.happened().entries())
    told = tellOn(told, { ...one, hash: hashOf(release, seq, one) }, shownBy(page));
  if (told === null) throw new Error("nothing has happened");
  return told;
}

function hashOf(release: string, seq: number, { at }: Happened): string {
  return digestOf({ release, seq, at });
}
