import { listed, nearest, quoted } from "../../base/words.ts";
import type { Finding, Rule } from "../finding.ts";
import type { GateText, Policy, StepText } from "../policy.ts";

/** What can be referred to by name, and where the names are given. */
const NAMED = {
  role: ["roles"],
  service: ["services"],
  environment: ["environments"],
  objective: ["objectives"],
  window: ["calendar", "windows"],
  gate: ["gates"],
  phase: ["phases"],
  "release type": ["types"],
  channel: ["channels"],
  message: ["messages"],
  component: ["versioning", "components"],
} as const;
type Named = keyof typeof NAMED;

interface Reference {
  readonly to: Named;
  readonly name: string;
  readonly path: Finding["path"];
  readonly part?: "key" | "value";
}

/** Every name leads to something that the policy says. */
export const references: Rule = (policy) => {
  const known = new Map(
    (Object.keys(NAMED) as Named[]).map((what) => [what, namesOf(policy, what)] as const),
  );
  return referencesIn(policy)
    .filter(({ to, name }) => known.get(to)?.has(name) !== true)
    .map((reference, index) => {
      const names = [...(known.get(reference.to) ?? [])];
      return unknown(reference, index < MOST_PROPOSALS ? names : []);
    });
};

/** How many unknown names get a proposal: looking for one takes its time. */
const MOST_PROPOSALS = 100;

/** Every reference that a policy makes, in no particular order. */
export function referencesIn(policy: Policy): readonly Reference[] {
  const { document, waivers, withdrawals, rollback, calendar } = policy;
  return [
    ...all("role", document?.approvers, ["document", "approvers"]),
    ...(document?.signed ?? []).flatMap(({ as }, index) =>
      one("role", as, ["document", "signed", index, "as"]),
    ),
    ...all("role", rollback.roles, ["rollback", "roles"]),
    ...all("role", waivers?.roles, ["waivers", "roles"]),
    ...all("role", withdrawals?.roles, ["withdrawals", "roles"]),
    ...rollback.verify.flatMap((step, index) => ofStep(step, ["rollback", "verify", index])),
    ...entries(policy.environments).flatMap(([name, { after, services }]) => [
      ...one("environment", after, ["environments", name, "after"]),
      ...all("service", services, ["environments", name, "services"]),
    ]),
    ...entries(calendar.freezes).flatMap(([name, { except }]) =>
      all("release type", except, ["calendar", "freezes", name, "except"]),
    ),
    ...entries(policy.gates).flatMap(([name, gate]) => ofGate(gate, ["gates", name])),
    ...entries(policy.phases).flatMap(([name, phase]) => [
      ...one("environment", phase.environment, ["phases", name, "environment"]),
      ...all("phase", phase.after, ["phases", name, "after"]),
      ...all("release type", phase.only, ["phases", name, "only"]),
      ...all("gate", phase.gates, ["phases", name, "gates"]),
      ...phase.steps.flatMap((step, index) => ofStep(step, ["phases", name, "steps", index])),
    ]),
    ...entries(policy.types).flatMap(([name, type]) => ofType(type, ["types", name])),
    ...entries(policy.targets).flatMap(([name, { types, phases }]) => [
      ...all("release type", types, ["targets", name, "types"]),
      ...all("phase", phases, ["targets", name, "phases"]),
    ]),
    ...policy.tell.flatMap(({ channel, message }, index) => [
      ...one("channel", channel, ["tell", index, "channel"]),
      ...one("message", message, ["tell", index, "message"]),
    ]),
    ...entries(policy.alerts).flatMap(([severity, alert]) => [
      ...all("channel", alert?.channels, ["alerts", severity, "channels"]),
      ...one("message", alert?.message, ["alerts", severity, "message"]),
    ]),
    ...entries(policy.versioning.components).flatMap(([name, { uses }]) =>
      all("component", uses, ["versioning", "components", name, "uses"]),
    ),
    ...ofStatusPage(policy["status-page"]),
  ];
}

function ofStatusPage(page: Policy["status-page"]): Reference[] {
  if (page === undefined) return [];
  const { areas, maintenance, incidents } = page;
  return [
    ...entries(areas).flatMap(([name, { environment }]) =>
      one("environment", environment, ["status-page", "areas", name, "environment"]),
    ),
    ...all("release type", maintenance.types, ["status-page", "maintenance", "types"]),
    ...all("window", maintenance.windows, ["status-page", "maintenance", "windows"]),
    ...all("role", incidents.roles, ["status-page", "incidents", "roles"]),
  ];
}

function ofType(type: Policy["types"][string], path: Finding["path"]): Reference[] {
  return [
    ...all("phase", type.phases, [...path, "phases"]),
    ...all("window", type.cadence, [...path, "cadence"]),
    ...all("window", type.prefers, [...path, "prefers"]),
    ...all("release type", type.yields, [...path, "yields"]),
    ...Object.keys(type["decided-by"] ?? {}).map((name): Reference => {
      return { to: "role", name, path: [...path, "decided-by", name], part: "key" };
    }),
    ...entries(type.clocks).flatMap(([name, { phase, gate }]) => [
      ...one("phase", phase, [...path, "clocks", name, "phase"]),
      ...one("gate", gate, [...path, "clocks", name, "gate"]),
    ]),
    ...type.owes.flatMap(({ role, of }, index) => [
      ...one("role", role, [...path, "owes", index, "role"]),
      ...all("release type", of, [...path, "owes", index, "of"]),
    ]),
  ];
}

function ofGate(gate: GateText, path: Finding["path"]): Reference[] {
  const roles = Object.keys(gate.signoff?.roles ?? {});
  return [
    ...one("role", gate.owner, [...path, "owner"]),
    ...roles.map((name): Reference => {
      return { to: "role", name, path: [...path, "signoff", "roles", name], part: "key" };
    }),
    ...all("window", gate.window?.in, [...path, "window", "in"]),
    ...one("channel", gate.notice?.channel, [...path, "notice", "channel"]),
    ...one("message", gate.notice?.message, [...path, "notice", "message"]),
    ...one("environment", gate.soak?.environment, [...path, "soak", "environment"]),
    ...one("environment", gate.exclusive?.environment, [...path, "exclusive", "environment"]),
    ...one("environment", gate.objectives?.environment, [...path, "objectives", "environment"]),
    ...one("environment", gate.budget?.environment, [...path, "budget", "environment"]),
    ...all("objective", gate.budget?.only, [...path, "budget", "only"]),
    ...all("objective", gate.objectives?.only, [...path, "objectives", "only"]),
  ];
}

function ofStep(step: StepText, path: Finding["path"]): Reference[] {
  return [
    ...one("channel", step.announce?.channel, [...path, "announce", "channel"]),
    ...one("message", step.announce?.message, [...path, "announce", "message"]),
    ...entries(step.watch?.reports ?? {}).flatMap(([name, { checks, tell }]) => {
      const at = [...path, "watch", "reports", name];
      return [
        ...all("objective", checks, [...at, "checks"]),
        ...all("channel", tell?.channels, [...at, "tell", "channels"]),
        ...one("message", tell?.message, [...at, "tell", "message"]),
      ];
    }),
    ...all("objective", step.verify?.objectives, [...path, "verify", "objectives"]),
  ];
}

function one(to: Named, name: string | undefined, path: Finding["path"]): Reference[] {
  return name === undefined ? [] : [{ to, name, path }];
}

function all(to: Named, names: readonly string[] | undefined, path: Finding["path"]): Reference[] {
  return (names ?? []).map((name, index) => ({ to, name, path: [...path, index] }));
}

function entries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record);
}

/** The names that a policy gives to things of one sort. */
export function namesOf(policy: Policy, what: Named): ReadonlySet<string> {
  const { calendar, versioning } = policy;
  if (what === "window") return new Set(Object.keys(calendar.windows));
  if (what === "component") return new Set(Object.keys(versioning.components));
  return new Set(Object.keys(policy[NAMED[what][0]]));
}

function unknown({ to, name, path, part }: Reference, names: readonly string[]) {
  const meant = nearest(name, names);
  const choice = names.length > 0 ? `; there are ${listed(names.slice(0, 8))}` : "";
  return {
    severity: "error" as const,
    path,
    part: part ?? ("value" as const),
    sentence: `no ${to} is called ${quoted(name)}`,
    remedy:
      meant === null
        ? `Add it under \`${NAMED[to].join(".")}\`, or use another${choice}`
        : `Did you mean \`${meant}\`?`,
  };
}
