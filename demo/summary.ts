// The measured figures of both releases: read off the journal and off what the traffic's own process saw.
import type { VerifyReport } from "#app/verify.ts";
import type { Entry } from "#core/audit/entry.ts";
import { formatDuration } from "#core/base/time.ts";
import type { ReleaseEvent } from "#core/release/events.ts";
import { readEvent } from "#core/release/upcast.ts";

/** What the process that sends the traffic has counted. */
export interface Seen {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly lost: number;
}

export interface Figures {
  readonly ok: boolean;
  readonly end: string;
  readonly took: number;
  readonly steps: number;
  readonly requests: number;
  readonly failed: number;
  readonly lost: number;
  /** From the first live request to the new version until the decision to go back, in ms. */
  readonly detected: number | null;
  /** From the decision until the old version served alone, and until that was verified, in ms. */
  readonly alone: number | null;
  readonly verified: number | null;
}

interface Timed {
  readonly at: number;
  readonly event: ReleaseEvent;
}

export function figuresOf(
  entries: readonly Entry[],
  { before, after }: { before: Seen; after: Seen },
): Figures {
  const happened: readonly Timed[] = entries.map((entry) => ({
    at: entry.at,
    event: readEvent(entry),
  }));
  const when = (is: (event: ReleaseEvent) => boolean, from = 0) =>
    happened.find(({ at, event }) => at >= from && is(event))?.at ?? null;
  const exposed = when((event) => event.type === "StepAnswered" && event.step.endsWith("-shift"));
  const decided = when((event) => event.type === "RollbackDecided");
  const alone =
    decided === null
      ? null
      : when((event) => event.type === "StepDone" && event.step.endsWith("-shift"), decided);
  const ended = happened.find(({ event }) => event.type === "ReleaseEnded");
  const end = ended?.event.type === "ReleaseEnded" ? ended.event.how : "not ended";
  const span = (from: number | null, to: number | null) =>
    from === null || to === null ? null : to - from;
  const lost = after.lost - before.lost;
  return {
    ok: lost === 0 && end === (decided === null ? "stable" : "rolled-back"),
    end,
    took: span(happened[0]?.at ?? null, ended?.at ?? null) ?? 0,
    steps: happened.filter(({ event }) => event.type === "StepDone").length,
    requests: after.sent - before.sent,
    failed: after.failed - before.failed,
    lost,
    detected: decided === null ? null : span(exposed, decided),
    alone: span(decided, alone),
    verified: decided === null ? null : span(decided, ended?.at ?? null),
  };
}

/** The end of the demo, line by line. */
export function summary(parts: {
  good: Figures;
  bad: Figures;
  messages: number;
  proof: VerifyReport | null;
}): string[] {
  const { good, bad, messages, proof } = parts;
  const time = (millis: number | null) =>
    millis === null ? "not measured" : formatDuration(millis);
  return [
    "",
    "--- What was measured ---",
    "",
    `good release      ${good.end} after ${time(good.took)}, ${good.steps} steps`,
    `bad release       ${bad.end} after ${time(bad.took)}, by itself`,
    `time to detect    ${time(bad.detected)} from its first live request`,
    `time to roll back ${time(bad.alone)} until the old version served alone, ${time(bad.verified)} until that was verified (promised: 5 min)`,
    `requests lost     ${good.lost + bad.lost} of ${good.requests + bad.requests} during both releases`,
    `requests failed   ${good.failed} by the good version, ${bad.failed} by the bad one before it was taken back`,
    `messages          ${messages} taken by the receivers, each once`,
    `journal           ${proof?.sound ? `verified: ${proof.entries} entries, head ${proof.head?.position}:${proof.head?.hash.slice(0, 16)}...` : `NOT SOUND: ${proof?.wrong?.sentence ?? "it could not be read"}`}`,
    "",
  ];
}
