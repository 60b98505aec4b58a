// For tests: a policy with everything in it, and a release to speak to, one sentence at a time.
import { type Digest, digestText } from "../base/digest.ts";
import type { Result } from "../base/result.ts";
import type { Instant } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { type PolicyText, policyShape } from "../policy/policy.ts";
import type { Command } from "./commands.ts";
import { type Decision, decide } from "./decide.ts";
import type { Happened } from "./events.ts";
import { next } from "./next.ts";
import { type Bundle, type Draft, type Plan, planOf } from "./plan.ts";
import type { Refusal } from "./refusals.ts";
import type { Release } from "./state.ts";

export const LEAD = "lead@example.test";
export const QA = "qa@example.test";
export const OPS = "ops@example.test";
export const AUTHOR = "author@example.test";
export const REQUESTER = "requester@example.test";
export const STRANGER = "stranger@example.test";

export const DONE: Answer = { outcome: "done", facts: { exit: 0 } };
export const FAILED: Answer = { outcome: "failed", reason: "it broke" };
export const UNKNOWN: Answer = { outcome: "unknown", reason: "the connection was lost" };

/** Two environments, every level of gate, a way back until the contract. */
export const FULL: PolicyText = {
  holdpoint: 1,
  system: "Sample",
  roles: { lead: [LEAD], qa: [QA, AUTHOR], ops: [OPS, LEAD] },
  environments: { staging: { local: {} }, production: { local: {}, after: "staging" } },
  objectives: { errors: { measure: "error-rate", most: "1 %" } },
  gates: {
    tests: { check: { run: ["npm", "test"] }, covers: ["commit", "policy"] },
    "go-no-go": { signoff: { roles: { lead: 1, qa: 1 } } },
    alone: { exclusive: { environment: "production" }, covers: [] },
    list: {
      owner: "lead",
      checklist: { items: { plan: "the plan is read" } },
      covers: ["migrations"],
    },
    advice: { level: "witness", check: { run: ["advise"] } },
  },
  phases: {
    build: { gates: ["tests"] },
    approve: { gates: ["go-no-go", "list", "advice"] },
    production: {
      environment: "production",
      gates: ["alone"],
      steps: [
        { backup: { run: ["backup"] } },
        { migrate: { part: "expand", run: ["expand"] } },
        { run: { run: ["warn"], undo: ["unwarn"], reconcile: ["warned"] } },
        { deploy: {} },
        { shift: { weights: ["5 %", "50 %"], soak: "1 min" }, retries: 1 },
        { shift: { weights: ["100 %"], soak: "1 min" } },
        { migrate: { part: "contract", run: ["contract"] } },
        { promote: {} },
      ],
    },
  },
  types: { patch: { bumps: ["patch"], phases: ["build", "approve", "production"] } },
  rollback: {
    target: "5 min",
    roles: ["ops"],
    on: { errors: { above: "5 %" }, health: {} },
    verify: [{ verify: { of: "stable", paths: ["/health"] } }],
  },
  waivers: { roles: ["lead"], review: "24 h" },
  withdrawals: { roles: ["ops"] },
};

/** A bundle, each part the digest of a text. */
export function bundleOf(parts: Partial<Record<keyof Bundle, string>> = {}): Bundle {
  const part = (name: keyof Bundle): Digest => digestText(parts[name] ?? name);
  return {
    commit: part("commit"),
    artifacts: part("artifacts"),
    configuration: part("configuration"),
    migrations: part("migrations"),
    policy: part("policy"),
  };
}

export function planFrom(text: PolicyText = FULL, draft: Partial<Draft> = {}): Plan {
  const policy = policyShape.parse(text);
  return planOf(policy, {
    release: "sample-1.0.1",
    type: Object.keys(policy.types)[0] ?? "",
    version: "1.0.1",
    tag: "v1.0.1",
    commit: "c".repeat(40),
    bundle: bundleOf(),
    previous: { version: "1.0.0", commit: "b".repeat(40) },
    plannedAt: 0,
    at: 0,
    requester: REQUESTER,
    authors: [AUTHOR],
    notes: "",
    ...draft,
  });
}

/** `FULL` with another production phase: only these steps, and no gates anywhere. */
export function withSteps(
  steps: NonNullable<PolicyText["phases"][string]["steps"]>,
  more: Partial<PolicyText> = {},
): PolicyText {
  return {
    ...FULL,
    phases: { production: { environment: "production", steps } },
    types: { patch: { bumps: ["patch"], phases: ["production"] } },
    ...more,
  };
}

/** A release under way, for tests that tell its story. */
export interface Story {
  readonly release: () => Release;
  readonly happened: () => readonly Happened[];
  /** Event types since the last call. */
  readonly told: () => readonly string[];
  readonly now: () => Instant;
  /** Keys of what is wanted and due now, without the release's name. */
  readonly wanted: () => readonly string[];
  readonly ask: (command: Command) => Result<Decision, Refusal>;
  /** Answers the one thing that is wanted and due now, or the one whose key begins so. */
  readonly answer: (answer: Answer, key?: string) => void;
  /** Answers `done` to all that is wanted, and lets time pass, until a key begins so. */
  readonly until: (key: string) => void;
  readonly pass: (millis: number) => void;
}

export function story(plan: Plan, from: Instant = 0): Story {
  let release: Release | null = null;
  let now = from;
  let read = 0;
  const happened: Happened[] = [];
  const known = (): Release => {
    if (release === null) throw new Error("nothing was planned");
    return release;
  };
  const ask: Story["ask"] = (command) => {
    const decided = decide(release, command, now);
    if (decided.ok) {
      release = decided.value.release;
      happened.push(...decided.value.happened);
    }
    return decided;
  };
  const due = () => next(known(), now).intents.filter((intent) => intent.due <= now);
  const keyOf = (id: string) => id.slice(plan.release.length + 1);
  const answer: Story["answer"] = (given, key = "") => {
    const intent = due().find(({ id }) => keyOf(id).startsWith(key));
    if (intent === undefined)
      throw new Error(`${key} is not wanted; wanted: ${due().map(({ id }) => id)}`);
    ask({ ask: "answer", by: "holdpoint", intent: intent.id, answer: given });
  };
  const pass: Story["pass"] = (millis) => {
    now += millis;
    ask({ ask: "wake", by: "holdpoint" });
  };
  const onward = () => {
    const wanted = due();
    const intent = wanted.find((one) => one.wanted.ask === "look") ?? wanted[0];
    if (intent === undefined) return pass(1000);
    const good = intent.wanted.ask === "look" ? wellAt(now) : DONE;
    ask({ ask: "answer", by: "holdpoint", intent: intent.id, answer: good });
  };
  const until: Story["until"] = (key) => {
    for (let tries = 0; tries < 1000; tries += 1) {
      if (due().some(({ id }) => keyOf(id).startsWith(key))) return;
      onward();
    }
    throw new Error(`${key} was never wanted`);
  };
  const told: Story["told"] = () => {
    const since = happened.slice(read).map(({ event }) => event.type);
    read = happened.length;
    return since;
  };
  ask({ ask: "plan", by: plan.requester, plan });
  return {
    release: known,
    happened: () => happened,
    told,
    now: () => now,
    wanted: () => due().map(({ id }) => keyOf(id)),
    ask,
    answer,
    until,
    pass,
  };
}

const NONE = { requests: 0, errors: 0, latency: [], databaseCalls: 0, databaseErrors: 0 };

/** A look at two healthy versions without traffic. */
export function wellAt(at: Instant): Answer {
  const look = { healthy: true, counters: NONE };
  return { outcome: "done", facts: {}, reading: { at, canary: look, baseline: look } };
}

/** A look at a new version of whose 1,000 requests this many failed. */
export function errorsAt(at: Instant, errors: number): Answer {
  const canary = { healthy: true, counters: { ...NONE, requests: 1000, errors } };
  const baseline = { healthy: true, counters: { ...NONE, requests: 1000 } };
  return { outcome: "done", facts: {}, reading: { at, canary, baseline } };
}

/** The gates of `FULL` answered, so that production begins. */
export function goAhead(plan: Plan = planFrom()): Story {
  const told = story(plan);
  told.answer(DONE, "build/tests");
  told.ask({ ask: "approve", by: LEAD, gate: "go-no-go", role: "lead" });
  told.ask({ ask: "approve", by: QA, gate: "go-no-go" });
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  told.answer({ outcome: "done", facts: { claimed: "production" } }, "production/alone");
  return told;
}
