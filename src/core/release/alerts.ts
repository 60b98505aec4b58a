// What is wrong with a release now, as alerts: one for each cause, raised once, and word when it is over. What is wrong is
// read from where the release stands; the journal keeps when people were alerted.
import { type Instant, MINUTE } from "../base/time.ts";
import { limitsOf, sayLate } from "./back-clock.ts";
import type { ReleaseEvent } from "./events.ts";
import { type Release, statusOf } from "./state.ts";

export type Severity = "critical" | "warning" | "info";

interface Cause {
  readonly cause: string;
  readonly severity: Severity;
  readonly reason: string;
}

/** How long the judge may hold a release before somebody should look. */
const HELD_LONG = 10 * MINUTE;
/** What holds it by these metrics pages, and sooner: its machine is full, or it serves people and nobody sees how. */
const PAGED: Readonly<Record<string, string>> = { saturation: "saturated", data: "unmeasured" };
const PAGED_AFTER = 5 * MINUTE;
/** How long after both versions were bad that is over: trouble that comes and goes is one alert. */
const CALM = MINUTE;

/** The alerts that are to be raised or to be called over at `now`, where the policy says whom to tell. */
export function alertEvents(release: Release, now: Instant): readonly ReleaseEvent[] {
  const { alerts, plan } = release;
  // Journals of before there were alerts have plans without them.
  const routes = plan.terms.alerts as Partial<typeof plan.terms.alerts> | undefined;
  if (routes === undefined || (isEmpty(routes) && isEmpty(alerts))) return NONE;
  const causes = causesOf(release, now).filter(({ severity }) => routes[severity] !== undefined);
  if (causes.length === 0 && isEmpty(alerts)) return NONE;
  const raised = causes.filter(({ cause }) => alerts[cause] === undefined);
  const over = Object.entries(alerts).filter(
    ([cause]) => !causes.some((one) => one.cause === cause),
  );
  return [
    ...raised.map((cause) => ({ type: "AlertRaised", ...cause }) as const),
    ...over.map(([cause, severity]) => ({ type: "AlertResolved", cause, severity }) as const),
  ];
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

/** When the clock alone makes something wrong, or over. */
export function alertWakes({ guard, stand }: Release): readonly Instant[] {
  if (guard === null || stand.at !== "phase") return NONE;
  const { badSince, sharedAt, judged } = guard;
  const over = sharedAt === null ? NONE : [sharedAt + CALM];
  if (badSince === null) return over;
  const paged = PAGED[judged.metric ?? ""] === undefined ? NONE : [badSince + PAGED_AFTER];
  return [...over, ...paged, badSince + HELD_LONG];
}

const NONE: readonly never[] = [];

function causesOf(release: Release, now: Instant): readonly Cause[] {
  return [...ofStand(release), ...ofClock(release), ...ofJudge(release, now)];
}

function ofStand(release: Release): readonly Cause[] {
  const { stand } = release;
  const from = stand.at === "stopped" ? stand.from : stand;
  const causes: Cause[] = [];
  if (from.at === "rollback")
    causes.push({ cause: "rollback", severity: "critical", reason: from.reason });
  if (stand.at === "stopped")
    causes.push({ cause: "stopped", severity: "critical", reason: stand.reason });
  if (statusOf(release) === "in-doubt")
    causes.push({
      cause: "in-doubt",
      severity: "warning",
      reason: "the end of a step is not known",
    });
  return causes;
}

function ofClock({ back, stand, plan }: Release): readonly Cause[] {
  if (back === null) return [];
  const limits = limitsOf(plan.terms.rollback);
  const late = stand.at === "ended" ? [] : back.late;
  const causes = late.map((limit): Cause => {
    const cause = limit === "target" ? "rollback-late" : "rollback-very-late";
    return { cause, severity: "critical", reason: sayLate(limit, limits[limit]) };
  });
  if (back.frozen === null) return causes;
  const reason = `no release may enter ${back.frozen} until a person lifts that`;
  return [...causes, { cause: "frozen", severity: "critical", reason }];
}

function ofJudge({ guard, stand }: Release, now: Instant): readonly Cause[] {
  if (guard === null || stand.at !== "phase") return [];
  const { badSince, sharedAt, weight, judged } = guard;
  const causes: Cause[] = [];
  const { reason, metric = "" } = judged;
  if (sharedAt !== null && now - sharedAt < CALM)
    causes.push({ cause: "both-bad", severity: "critical", reason });
  if (badSince === null) return causes;
  const held = now - badSince;
  const paged = PAGED[metric];
  if (paged !== undefined && weight > 0 && held >= PAGED_AFTER)
    causes.push({ cause: paged, severity: "critical", reason });
  if (held >= HELD_LONG) causes.push({ cause: "held-long", severity: "warning", reason });
  return causes;
}

/** The open alerts after an event. */
export function alertsAfter(alerts: Release["alerts"], event: ReleaseEvent): Release["alerts"] {
  if (event.type === "AlertRaised") return { ...alerts, [event.cause]: event.severity };
  if (event.type !== "AlertResolved") return alerts;
  return Object.fromEntries(Object.entries(alerts).filter(([cause]) => cause !== event.cause));
}
