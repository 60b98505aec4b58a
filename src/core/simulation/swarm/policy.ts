// Sound policies made from a seed: two environments at most, gates of every kind, steps in an order that makes sense.

import type { PolicyText } from "../../policy/policy.ts";
import type { Chance } from "../chance.ts";
import { AUTHOR, LEAD, OPS, OTHER, QA } from "./people.ts";

type GateText = NonNullable<PolicyText["gates"]>[string];
type StepText = NonNullable<PolicyText["phases"][string]["steps"]>[number];

/** A policy from a seed. Every environment is entered by one release at a time. */
export function swarmPolicy(chance: Chance): PolicyText {
  const environments = chance.is(0.4) ? ["staging", "production"] : ["production"];
  const gates: Record<string, GateText> = Object.fromEntries(
    environments.map((environment) => [`alone-${environment}`, { exclusive: { environment } }]),
  );
  const phases: Record<string, PolicyText["phases"][string]> = {};
  const some = (name: string) => someGates(chance, name, gates);
  const staged = chance.is(0.3) ? ["staged"] : [];
  gates["staged"] = { soak: { environment: "staging", for: "30 min" } };
  if (chance.is(0.5)) phases["build"] = { gates: some("build"), steps: buildSteps(chance) };
  let isLate = false;
  for (const environment of environments) {
    const opens = chance.is(0.2) ? chance.one(["T", "T-1 h", "T+2 h"]) : undefined;
    isLate ||= opens !== undefined;
    phases[environment] = {
      environment,
      ...(opens !== undefined && { opens }),
      gates: [
        ...(isLate ? quick(some(environment), gates) : some(environment)),
        ...(environment === "production" && environments.length > 1 ? staged : []),
        `alone-${environment}`,
      ],
      steps: shipSteps(chance, environment),
    };
  }
  const document = {
    effective: chance.one(["1970-01-01", "1970-01-02"]),
    review: "1970-12-31",
    approvers: ["lead"],
    signed: [{ by: LEAD, as: "lead", on: "1970-01-01" }],
  };
  return { ...FIXED, document, gates, phases, ...openEnd(chance, Object.keys(phases)) };
}

const FIXED = {
  holdpoint: 1 as const,
  system: "Swarm",
  zone: "UTC",
  roles: { lead: [LEAD, OPS], qa: [QA, AUTHOR, OTHER], ops: [OPS] },
  environments: { staging: { local: {} }, production: { local: {} } },
  objectives: { errors: { measure: "error-rate" as const, most: "1 %" } },
  channels: { team: { console: {} } },
  messages: { news: { title: "{{status}} {{version}}" } },
  "status-page": {
    title: "Swarm",
    url: "https://status.example.test/",
    areas: { swarm: { title: "Swarm", environment: "production" } },
  },
} satisfies Partial<PolicyText>;

/** How often the traffic is looked at: so often that most of a release is looks, or so seldom that a weight has none. */
const LOOKS = ["30 s", "1 min", "2 min", "2 min"] as const;

function openEnd(
  chance: Chance,
  names: readonly string[],
): Pick<
  PolicyText,
  "types" | "guard" | "rollback" | "waivers" | "withdrawals" | "tell" | "alerts"
> {
  const alert = { channels: ["team"], message: "news" };
  return {
    types: {
      any: {
        bumps: ["patch" as const],
        phases: [...names],
        ...(chance.is(0.2) && { owes: [{ what: "all tests", within: "1 h", role: "qa" }] }),
      },
    },
    ...(chance.is(0.3) && { alerts: { critical: alert, warning: alert, info: alert } }),
    guard: { look: [{ every: chance.one(LOOKS), for: "1 h" }, { every: "5 min" }] },
    rollback: {
      target: "2 h",
      roles: chance.is(0.5) ? ["ops"] : [],
      on: { errors: { above: "5 %" }, health: { failures: 2 } },
      verify: [
        ...(chance.is(0.6) ? [{ verify: { of: "stable" as const, paths: ["/"] } }] : []),
        ...(chance.is(0.3) ? [{ watch: { for: "1 min" } }] : []),
      ],
    },
    ...(chance.is(0.7) && { withdrawals: { roles: ["lead"] } }),
    ...(chance.is(0.6) && { waivers: { roles: ["lead"], review: "24 h" } }),
    tell: (["started", "rollback", "stable", "rolled-back"] as const)
      .filter(() => chance.is(0.5))
      .map((on) => ({ on, channel: "team", message: "news" })),
  };
}

/** Up to two gates of any kind, made for a phase. */
function someGates(chance: Chance, phase: string, gates: Record<string, GateText>): string[] {
  return Array.from({ length: chance.upTo(2) }, (_, at) => {
    const name = `${phase}-${at}`;
    gates[name] = {
      ...anyGate(chance),
      level: chance.one(["hold", "hold", "hold", "hold", "witness", "review"]),
      covers: chance.some(["commit", "artifacts", "configuration", "migrations", "policy"]),
    };
    return name;
  });
}

/** A phase that opens at T-0, or after one that does, leaves no time to tell people before. */
function quick(names: string[], gates: Record<string, GateText>): string[] {
  return names.filter((name) => gates[name]?.notice === undefined);
}

function anyGate(chance: Chance): GateText {
  const signoff = {
    roles: chance.one<Record<string, number>>([
      { lead: 1, qa: 1 },
      { lead: 1, ops: 1 },
      { ops: 1 },
      { lead: 2 },
      { qa: 2 },
    ]),
    distinct: chance.is(0.7),
    not: chance.one<("author" | "requester")[]>([["author"], ["author", "requester"], []]),
  };
  return chance.one<GateText>([
    { check: { run: ["check"], ...(chance.is(0.5) && CLEAN) } },
    { owner: "lead", checklist: { items: { first: "the first", second: "the second" } } },
    { signoff },
    { signoff },
    { window: {} },
    { objectives: { environment: "production" } },
    { owner: "ops", evidence: { record: "drill", younger: "30 d" } },
    { notice: { channel: "team", message: "news", before: "30 min" } },
    { budget: { environment: "production" } },
    { limit: { most: chance.one([1, 2]), per: "day" } },
    { changes: { since: "T-30 min", allows: ["fix"] } },
    { documentation: { files: { guide: "docs/{version}.md" } } },
    { "in-force": {} },
    { debt: {} },
  ]);
}

function buildSteps(chance: Chance): StepText[] {
  return [...command(chance, "build", 0.5), ...(chance.is(0.5) ? [{ tag: {} }] : [])];
}

/** From the backup to the promotion; each of them is there or not, what must be is always. */
function shipSteps(chance: Chance, name: string): StepText[] {
  const maybe = (share: number, step: StepText) => (chance.is(share) ? [step] : []);
  const retries = () => ({ retries: chance.upTo(2) });
  return [
    ...maybe(0.3, { backup: { run: ["backup", name], verify: ["restore", name] }, ...retries() }),
    ...maybe(0.4, migration(chance, name, "expand")),
    ...command(chance, `${name}-before`, 0.3),
    { deploy: {}, ...retries() },
    ...maybe(0.2, { smoke: { paths: ["/"], run: ["smoke", name] } }),
    {
      shift: {
        weights: chance.one([["100 %"], ["5 %", "100 %"], ["10 %", "50 %", "100 %"]]),
        soak: chance.one(["1 min", "3 min"]),
        patience: "20 min",
      },
      ...retries(),
    },
    ...maybe(0.2, { announce: { channel: "team", message: "news" } }),
    ...maybe(0.3, { verify: { paths: ["/"], objectives: ["errors"] }, ...retries() }),
    ...maybe(0.4, { watch: { for: "5 min", patience: "20 min", ...reports(chance) } }),
    ...command(chance, `${name}-after`, 0.3),
    { promote: {}, retries: 3 },
    ...maybe(0.2, migration(chance, name, "contract")),
  ];
}

/** What a watch tells of itself, and what people tick before it ends. */
function reports(chance: Chance) {
  const pulse = { every: "2 min", items: { calm: "all is calm", fast: "all is fast" } };
  return chance.is(0.4) ? { reports: { pulse } } : {};
}

/** A command of its own name, so that the world can tell whether it was taken back. */
function command(chance: Chance, name: string, share: number): StepText[] {
  if (!chance.is(share)) return [];
  const run = {
    run: ["run", name],
    ...(chance.is(0.6) && { undo: ["undo", name] }),
    ...(chance.is(0.5) && { withdraw: ["withdraw", name] }),
    ...(chance.is(0.5) && { reconcile: ["ask", name] }),
    irreversible: chance.is(0.05),
  };
  return [{ run, retries: chance.upTo(2) }];
}

function migration(chance: Chance, name: string, part: "expand" | "contract"): StepText {
  const undo = part === "expand" && chance.is(0.5) ? { undo: ["undo", `${name}-${part}`] } : {};
  return { migrate: { part, run: ["run", `${name}-${part}`], ...undo }, retries: chance.upTo(1) };
}

/** No test failed, as its report says. */
const CLEAN = {
  report: { format: "junit" as const, file: "report.xml" },
  require: { failures: { most: 0 } },
};
