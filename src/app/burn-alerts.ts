// Tells people when an error budget burns, and when it does so no more: once for each cause, whichever of any number of
// processes sees it first. What is told is a name held in the store; a name whose message was never sent is taken over.
import { formatInZone, type Instant, MINUTE } from "#core/base/time.ts";
import type { Standing } from "#core/objectives/standing.ts";
import { measuredIn } from "#core/policy/measured.ts";
import { PLACEHOLDERS, type Placeholder } from "#core/policy/placeholders.ts";
import type { Policy } from "#core/policy/policy.ts";
import { standingsIn } from "./perform/budget.ts";
import type { Outside } from "./perform/outside.ts";

type Severity = keyof Policy["alerts"];
type Parts = Pick<Outside, "store" | "channel">;

/** How long a message may be on its way before another process sends it. */
const PATIENCE = MINUTE;

interface Told {
  readonly state: "sending" | "sent";
  readonly severity: Severity;
  readonly at: Instant;
}

/** Looks at every budget of the policy's measured environments and tells what is new. */
export async function tellBurns(parts: Parts, policy: Policy, now: Instant): Promise<void> {
  if (Object.keys(policy.alerts).length === 0) return;
  for (const environment of measuredIn(policy)) {
    const { objectives } = policy;
    const { standings } = await standingsIn(parts.store.measures, { environment, objectives, now });
    for (const standing of standings) await settle(parts, { policy, environment, standing, now });
  }
}

/** The budgets of measured environments that burn so fast that people are called. */
export async function burning(
  measures: Outside["store"]["measures"],
  policy: Policy,
  now: Instant,
): Promise<readonly { readonly environment: string; readonly objective: string }[]> {
  const { objectives } = policy;
  const found = await Promise.all(
    measuredIn(policy).map(async (environment) => {
      const { standings } = await standingsIn(measures, { environment, objectives, now });
      return standings.flatMap(({ objective, alert }) =>
        alert === "page" ? [{ environment, objective }] : [],
      );
    }),
  );
  return found.flat();
}

interface Burn {
  readonly policy: Policy;
  readonly environment: string;
  readonly standing: Standing;
  readonly now: Instant;
}

/** Brings what was told in line with what is so: a graver alert is told anew, a milder one is not. */
async function settle(parts: Parts, burn: Burn): Promise<void> {
  const { standing, now } = burn;
  const wanted: Severity | null =
    standing.alert === null ? null : standing.alert === "page" ? "critical" : "warning";
  const name = `alert/burn/${burn.environment}/${standing.objective}`;
  const held = await parts.store.holder(name);
  const told = held === null ? null : read(held);
  if (told === null ? wanted === null : !isNews(told, wanted, now)) return;
  if (held !== null) await parts.store.letGo(name, held);
  if (wanted === null)
    return await send(parts, { ...burn, severity: told?.severity ?? "info", state: "resolved" });
  const mine = write({ state: "sending", severity: wanted, at: now });
  // Of several that see the same burn at once, one tells.
  if ((await parts.store.hold(name, mine)) !== mine) return;
  try {
    await send(parts, { ...burn, severity: wanted, state: "raised" });
  } catch (error) {
    await parts.store.letGo(name, mine);
    throw error;
  }
  await parts.store.letGo(name, mine);
  await parts.store.hold(name, write({ state: "sent", severity: wanted, at: now }));
}

function isNews(told: Told, wanted: Severity | null, now: Instant): boolean {
  if (told.state === "sending") return now - told.at > PATIENCE;
  return wanted === null || (wanted === "critical" && told.severity !== "critical");
}

async function send(
  { channel }: Parts,
  {
    policy,
    environment,
    standing,
    now,
    severity,
    state,
  }: Burn & { severity: Severity; state: string },
): Promise<void> {
  const route = policy.alerts[severity];
  const template = route && policy.messages[route.message];
  if (route === undefined || template === undefined) return;
  const facts: Record<Placeholder, string> = {
    ...nothing(),
    system: policy.system,
    at: formatInZone(now, policy.zone),
    by: "holdpoint",
    cause: "budget-burns",
    reason: standing.said,
    ...{ environment, severity, state },
  };
  const key = `alert/burn/${environment}/${standing.objective}/${severity}/${state}/${now}`;
  for (const name of route.channels) {
    const answer = await channel(name, policy).send(`${key}/${name}`, { ...template, facts });
    if (answer.outcome !== "done") throw new Error(`channel ${name}: ${answer.reason}`);
  }
}

function nothing(): Record<Placeholder, string> {
  const names = Object.keys(PLACEHOLDERS).map((name) => [name, "none"]);
  return Object.fromEntries(names) as Record<Placeholder, string>;
}

function write({ state, severity, at }: Told): string {
  return `${state} ${severity} ${at}`;
}

function read(text: string): Told | null {
  const [state, severity, at] = text.split(" ");
  if ((state !== "sending" && state !== "sent") || severity === undefined) return null;
  return { state, severity: severity as Severity, at: Number(at) };
}
