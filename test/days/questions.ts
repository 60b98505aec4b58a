// Questions to a day that was lived, and the people of a role: what the days of several systems ask alike.
import { formatInZone, type Instant, type Millis } from "#core/base/time.ts";
import type { Evidence } from "#core/gates/gate.ts";
import type { Policy } from "#core/policy/policy.ts";
import { statusReport } from "#core/reports/status.ts";
import { type Day, live, planned, type Story } from "./day.ts";

/** A day on which all goes well but for what is said: planned at `begin`, for `zero` or at once. */
export function dayOf(
  policy: Policy,
  {
    type,
    begin,
    zero = begin,
    ...more
  }: { type: string; begin: Instant; zero?: Instant } & Omit<Partial<Day>, "plan" | "from">,
): Story {
  const incident = policy.types[type]?.needs.includes("incident") ? "INC-12" : undefined;
  const plan = planned(policy, { type, at: zero, plannedAt: begin, incident });
  return live({ plan, from: begin, ...more });
}

/** When each of some phases was opened, on the clocks of a zone: `Thu 2026-01-22 14:00 planning`. */
export function timeline(story: Story, phases: readonly string[]): readonly string[] {
  const { zone } = story.plan.terms;
  return phases.map((phase) => {
    const [day, date, time] = formatInZone(story.opened(phase), zone).split(" ");
    return `${day} ${date} ${time} ${phase}`;
  });
}

/** How long it took from the decision to go back until the stable version was verified to serve. */
export function wayBack(story: Story): Millis {
  return story.the("ReleaseEnded").at - story.the("RollbackDecided").at;
}

/** The gates that hold a release where the day ended, with the reason. */
export function holdsOf(story: Story): readonly (readonly [gate: string, reason: string])[] {
  const { holds } = statusReport(story.release, story.endedAt);
  return holds.map(({ name, reason }) => [name, reason]);
}

/** The people of some roles. */
export function peopleOf(policy: Policy, ...roles: readonly string[]): readonly string[] {
  return roles.flatMap((role) => policy.roles[role] ?? []);
}

/** An answer to a question of a gate or a step: it was done, with these facts. */
export function says(facts: Evidence): { readonly outcome: "done"; readonly facts: Evidence } {
  return { outcome: "done", facts };
}

/** What was put on record outside, in order: tags, changelogs and releases on the forge, those withdrawn marked so. */
export function recorded(story: Story): readonly string[] {
  return story.asked.flatMap(({ wanted }) => {
    if (wanted.ask === "tag") return [`tag ${wanted.name}`];
    if (wanted.ask !== "write" && wanted.ask !== "publish") return [];
    return [wanted.withdrawn ? `${wanted.ask} withdrawn` : wanted.ask];
  });
}
