// Days on the virtual clock: whole releases of this repository's policies through the production engine, with what was
// asked of the world noted down, and people who say what a test has them say.
import { fileURLToPath } from "node:url";
import { type Digest, digestText } from "#core/base/digest.ts";
import type { Instant, Millis } from "#core/base/time.ts";
import { DAY, HOUR } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Command } from "#core/release/commands.ts";
import type { EventType, Happened, ReleaseEvent } from "#core/release/events.ts";
import type { Wanted } from "#core/release/next.ts";
import { type Bundle, type Draft, type Plan, planOf } from "#core/release/plan.ts";
import type { Refusal } from "#core/release/refusals.ts";
import type { Release } from "#core/release/state.ts";
import { type Simulated, simulate, type World } from "#core/simulation/simulate.ts";
import { type Faults, world } from "#core/simulation/world.ts";
import { readSound } from "#policy-file/check.ts";

/** Something that a person says once: at a moment, or as soon as the release is so. */
export interface Act {
  readonly at?: Instant;
  readonly when?: (release: Release) => boolean;
  readonly say: Command;
}

export interface Day {
  readonly plan: Plan;
  readonly from: Instant;
  readonly faults?: Faults;
  readonly acts?: readonly Act[];
  /** How long at most; 120 days where it is left out. */
  readonly horizon?: Millis;
}

/** One thing that was asked of the world. */
interface Asked {
  readonly at: Instant;
  readonly key: string;
  readonly wanted: Wanted;
}

/** A message that was sent to a channel, at a moment of the policy's `tell`. */
interface Sent {
  readonly at: Instant;
  readonly moment: string;
  readonly channel: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** A policy of this repository, read from its file and proved sound. */
export async function policyOf(name: string): Promise<Policy> {
  const file = fileURLToPath(import.meta.resolve(`../../policies/${name}/holdpoint.yaml`));
  const policy = await readSound(file);
  if (!policy.ok) throw new Error(policy.error.map(({ sentence }) => sentence).join("\n"));
  return policy.value;
}

/** A plan of the policy; what a test does not say of it is the same in all tests. */
export function planned(policy: Policy, draft: Partial<Draft> & { type: string }): Plan {
  const version = draft.version ?? "1.4.1";
  const last = (draft.plannedAt ?? 0) - HOUR;
  return planOf(policy, {
    release: `sample-${version}`,
    version,
    tag: policy.versioning.tag.replace("{version}", version),
    commit: "c".repeat(40),
    bundle: bundleOf(),
    previous: { version: "1.4.0", commit: "b".repeat(40) },
    plannedAt: 0,
    at: 0,
    requester: "release@example.test",
    authors: ["author@example.test"],
    changes: { fix: { count: 1, last, commit: "c".repeat(40) } },
    notes: "## Features\n\n- a rate calculator\n\n## Fixes\n\n- the sum is right again\n",
    ...draft,
  });
}

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

/** The moment of a local date and time. */
export function clock(zone: string): (local: string) => Instant {
  return (local) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}

/** Lives through a day. */
export function live({ plan, from, faults = {}, acts = [], horizon = 120 * DAY }: Day): Story {
  const asked: Asked[] = [];
  const simulated = simulate(plan, noting(withActs(world(faults), acts), asked), { from, horizon });
  return { plan, ...storyOf(simulated, asked) };
}

/** The world with people who say what they are told to, each thing once, before the others say yes. */
function withActs(usual: World, acts: readonly Act[]): World {
  const open = new Set(acts);
  return {
    ...usual,
    people(release, now) {
      for (const act of open) {
        if (now < (act.at ?? now) || act.when?.(release) === false) continue;
        open.delete(act);
        return act.say;
      }
      return usual.people(release, now);
    },
    comes(now) {
      const later = acts.flatMap(({ at }) => (at !== undefined && at > now ? [at] : []));
      return later.length > 0 ? Math.min(...later) : null;
    },
  };
}

function noting(usual: World, asked: Asked[]): World {
  return {
    ...usual,
    answer(intent, release, now) {
      const key = intent.id.slice(release.plan.release.length + 1);
      asked.push({ at: now, key, wanted: intent.wanted });
      return usual.answer(intent, release, now);
    },
  };
}

/** A day that has been lived, and questions to it. */
export interface Story extends Simulated {
  readonly plan: Plan;
  readonly asked: readonly Asked[];
  readonly refusals: readonly Refusal[];
  /** How it ended: `stable`, `rolled-back`, `aborted`; else where it stands. */
  readonly end: string;
  /** All events of a type, in order. */
  readonly all: <Type extends EventType>(type: Type) => readonly EventOf<Type>[];
  /** The one event of a type; throws where there is none or another. */
  readonly the: <Type extends EventType>(type: Type) => EventOf<Type>;
  /** When a phase was opened; throws where it never was. */
  readonly opened: (phase: string) => Instant;
  /** When the steps of a phase began, as nothing held it any more. */
  readonly released: (phase: string) => Instant;
  /** When a step began first. */
  readonly began: (step: string) => Instant;
  /** Phases in the order in which they were opened. */
  readonly phases: readonly string[];
  /** Steps in the order in which they were begun, each attempt. */
  readonly steps: readonly string[];
  /** Who approved a gate, `who as role`, or ticked it, each once. */
  readonly lifters: (gate: string) => readonly string[];
  readonly weights: readonly number[];
  readonly sent: readonly Sent[];
  /** `moment -> channel`, in order. */
  readonly told: readonly string[];
  readonly tags: readonly string[];
  /** Commands that were run for a step or gate, as one text each. */
  readonly commands: (key: string) => readonly string[];
}

type EventOf<Type extends EventType> = Omit<Happened, "event"> & {
  readonly event: Extract<ReleaseEvent, { type: Type }>;
};

function storyOf(simulated: Simulated, asked: readonly Asked[]): Omit<Story, "plan"> {
  const { release, happened, refused } = simulated;
  const all = <Type extends EventType>(type: Type) =>
    happened.filter(({ event }) => event.type === type) as unknown as EventOf<Type>[];
  const the = <Type extends EventType>(type: Type): EventOf<Type> => {
    const [one, ...others] = all(type);
    if (one === undefined || others.length > 0)
      throw new Error(`${others.length + (one ? 1 : 0)} times ${type}`);
    return one;
  };
  const first = (what: string, at: Instant | undefined): Instant => {
    if (at === undefined) throw new Error(`${what} never happened`);
    return at;
  };
  const sent = messages(asked);
  return {
    ...simulated,
    asked,
    all,
    the,
    refusals: refused.map(({ refusal }) => refusal),
    end: release.stand.at === "ended" ? release.stand.how : release.stand.at,
    opened: (phase) =>
      first(phase, all("PhaseOpened").find(({ event }) => event.phase === phase)?.at),
    released: (phase) =>
      first(phase, all("HoldReleased").find(({ event }) => event.phase === phase)?.at),
    began: (step) => first(step, all("StepStarted").find(({ event }) => event.step === step)?.at),
    phases: all("PhaseOpened").map(({ event }) => event.phase),
    steps: all("StepStarted").map(({ event }) => event.step),
    lifters: (gate) => liftersOf(happened, gate),
    weights: asked.flatMap(({ wanted }) => (wanted.ask === "weigh" ? [wanted.canary] : [])),
    sent,
    told: sent.map(({ moment, channel }) => `${moment} -> ${channel}`),
    tags: asked.flatMap(({ wanted }) => (wanted.ask === "tag" ? [wanted.name] : [])),
    commands: (key) =>
      asked.flatMap((one) =>
        one.wanted.ask === "command" && one.key.startsWith(`${key}/`)
          ? [one.wanted.argv.join(" ")]
          : [],
      ),
  };
}

function liftersOf(happened: readonly Happened[], gate: string): readonly string[] {
  const lifters = happened.flatMap(({ by, event }) => {
    if (event.type === "GateApproved" && event.gate.endsWith(`/${gate}`))
      return [`${by} as ${event.role}`];
    return event.type === "ItemTicked" && event.gate.endsWith(`/${gate}`) ? [by] : [];
  });
  return [...new Set(lifters)];
}

/** What was told, by `tell` or by an `announce` step. */
function messages(asked: readonly Asked[]): readonly Sent[] {
  return asked.flatMap(({ at, wanted }) => {
    if (wanted.ask === "announce") {
      const { channel, message } = wanted;
      return [{ at, moment: "announce", channel, message, facts: {} }];
    }
    if (wanted.ask !== "tell") return [];
    const { id, channel, message, facts } = wanted.outgoing;
    return [{ at, moment: id.replace(/^\d+-/, ""), channel, message, facts }];
  });
}
