// The world as a recorded release has found it, for a release of the same under another policy.
import type { Instant } from "../../base/time.ts";
import type { Answer } from "../../gates/gate.ts";
import type { Command } from "../../release/commands.ts";
import { gatesOf } from "../../release/derived.ts";
import type { Intent } from "../../release/next.ts";
import type { Release } from "../../release/state.ts";
import { dueItems } from "../../release/watch-reports.ts";
import type { World } from "../simulate.ts";
import { world } from "../world.ts";
import { type Facts, placeOf, type Told, type Word } from "./facts.ts";

type Replied = ReturnType<World["answer"]>;

/** Questions that only the record can answer: what nobody asked then, nobody knows now. */
const RECORD_ONLY: ReadonlySet<string> = new Set(["command", "documents", "measure", "budget"]);

/** Questions about the commit: whenever they are asked, the answer is the same and takes as long. */
const TIMELESS: ReadonlySet<string> = new Set(["command", "documents", "announce"]);

/**
 * What was answered then is answered again, at the same moment or at once where that has passed; what people said then
 * they say as soon as it can be said. What no policy asked then: Holdpoint's own work is done, and a gate's question is
 * never answered.
 */
export function recordedWorld(facts: Facts): World {
  const unsaid = new Set<Word>(facts.words);
  const record = new RecordOf(facts);
  return {
    answer: (intent, release, now) => record.answer(intent, release, now),
    people(release, now) {
      for (const word of unsaid) {
        if (word.at > now || !applies(word.say, release)) continue;
        unsaid.delete(word);
        return word.say;
      }
      return null;
    },
    comes(now) {
      const later = [...unsaid].flatMap(({ at }) => (at > now ? [at] : []));
      return later.length > 0 ? Math.min(...later) : null;
    },
  };
}

/** What the record says to questions; how far it was gone through is its state. */
class RecordOf {
  private readonly facts: Facts;
  private readonly usual = world();
  private readonly cursors = new Map<string, number>();
  private firstLook: Instant | null = null;

  constructor(facts: Facts) {
    this.facts = facts;
  }

  answer(intent: Intent, release: Release, now: Instant): Replied {
    // Asked in any case: it keeps the weights of the traffic, should the record not have any.
    const otherwise = this.usual.answer(intent, release, now);
    if (intent.wanted.ask === "look") {
      this.firstLook ??= now;
      return looked(this.facts, now, now - this.firstLook) ?? otherwise;
    }
    const gate = gateAsked(intent, release);
    if (gate !== null) return this.ofGate(gate, intent.wanted.ask, now) ?? otherwise;
    const told = this.facts.steps.get(stepAsked(intent, release));
    return told === undefined ? otherwise : { answer: told.answer, takes: told.takes };
  }

  private ofGate(gate: string, ask: string, now: Instant): Replied | null {
    const isTimeless = TIMELESS.has(ask);
    const told = this.following(gate, isTimeless ? null : now);
    if (told === null) return RECORD_ONLY.has(ask) ? NEVER : null;
    return { answer: told.answer, takes: isTimeless ? told.takes : Math.max(0, told.at - now) };
  }

  /**
   * The next of what a gate was told: of that which had come by `now` the latest, and the last of all again and again;
   * null where nothing ever was. Without `now` strictly one after the other.
   */
  private following(gate: string, now: Instant | null): Told | null {
    const all = this.facts.gates.get(gate) ?? [];
    const from = Math.min(this.cursors.get(gate) ?? 0, all.length - 1);
    const latest = now === null ? -1 : all.findLastIndex(({ at }) => at <= now);
    const index = Math.max(from, latest);
    this.cursors.set(gate, index + 1);
    return all[index] ?? null;
  }
}

const NEVER: Replied = {
  answer: { outcome: "unknown", reason: "it was not asked then" },
  takes: Number.POSITIVE_INFINITY,
};

/** What was seen so long after the first look. */
function looked({ looks }: Facts, now: Instant, after: number): Replied | null {
  const [first] = looks;
  if (first === undefined) return null;
  const then = looks.findLast(({ at }) => at - first.at <= after) ?? first;
  const answer: Answer =
    then.reading === null
      ? { outcome: "failed", reason: "the traffic could not be seen then" }
      : { outcome: "done", facts: {}, reading: { ...then.reading, at: now } };
  return { answer, takes: 0 };
}

/** The gate that asks; null where a step does. */
function gateAsked({ id }: Intent, { plan, stand }: Release): string | null {
  if (stand.at !== "phase" || stand.work !== null) return null;
  const key = id.slice(plan.release.length + 1);
  const asking = gatesOf(plan, stand.phase).find((placed) => key.startsWith(`${placed.key}/`));
  return asking?.gate.name ?? null;
}

/** The key of a step's question in the record: its place, its attempt, and the number of the question. */
function stepAsked({ id }: Intent, { plan }: Release): string {
  const key = id.slice(plan.release.length + 1).split("/");
  return [placeOf(plan, key.slice(0, 2).join("/")), ...key.slice(2)].join("/");
}

/** Whether what was said then can be said now. */
function applies(said: Command, release: Release): boolean {
  const { stand, begun } = release;
  switch (said.ask) {
    case "abort":
      return stand.at !== "ended" && begun.length === 0;
    case "rollback":
      return stand.at === "phase" && begun.length > 0;
    case "settle":
      return (stand.at === "phase" || stand.at === "rollback") && Boolean(stand.work?.doubt);
    case "retry":
      return said.gate === undefined ? stand.at === "stopped" : isAsking(release, said.gate);
    case "approve":
      return isAsking(release, said.gate, said.role);
    case "tick":
      return isAsking(release, said.gate) || isReported(release, said);
    default:
      return "gate" in said && said.gate !== undefined && isAsking(release, said.gate);
  }
}

function isReported(release: Release, said: { gate: string; item: string }): boolean {
  return dueItems(release).some(({ gate, item }) => gate === said.gate && item === said.item);
}

/** Whether a gate holds the release now, and asks for the role. */
function isAsking({ plan, stand }: Release, name: string, role?: string): boolean {
  if (stand.at !== "phase" || stand.work !== null || stand.openedAt === null) return false;
  const asking = gatesOf(plan, stand.phase).find(({ gate }) => gate.name === name);
  return asking !== undefined && (role === undefined || asksRole(asking.gate.config, role));
}

function asksRole(config: unknown, role: string): boolean {
  const { roles = {} } = config as { roles?: Readonly<Record<string, number>> };
  return Object.hasOwn(roles, role);
}
