import type { Entry } from "#core/audit/entry.ts";
import type { Instant } from "#core/base/time.ts";
import { readEvent } from "#core/release/upcast.ts";
import type { StatusReport } from "#core/reports/status.ts";
import type { Look } from "./tone.ts";

/** An alert that is not over, with what was told of it. */
export interface Alarm {
  readonly cause: string;
  readonly look: Look;
  /** Empty until the log is here, or where a newer Holdpoint raised it. */
  readonly reason: string;
  readonly since: Instant | null;
}

const GRAVITY = ["critical", "warning", "info"];
const LOOKS: Readonly<Record<string, Look>> = {
  critical: { tone: "bad", mark: "!!", word: "critical" },
  warning: { tone: "wait", mark: "!", word: "warning" },
  info: { tone: "calm", mark: "i", word: "info" },
};

/** The open alerts, the gravest first. */
export function alarmsOf(
  { alerts }: Pick<StatusReport, "alerts">,
  entries: readonly Entry[],
): readonly Alarm[] {
  return alerts
    .toSorted((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity))
    .map(({ cause, severity }) => ({
      cause,
      look: LOOKS[severity] ?? { tone: "quiet", mark: "·", word: severity },
      ...raised(cause, entries),
    }));
}

function raised(cause: string, entries: readonly Entry[]): Pick<Alarm, "reason" | "since"> {
  for (const entry of entries.toReversed()) {
    if (entry.type !== "AlertRaised") continue;
    const reason = reasonOf(entry, cause);
    if (reason !== null) return { reason, since: entry.at };
  }
  return { reason: "", since: null };
}

function reasonOf(entry: Entry, cause: string): string | null {
  try {
    const event = readEvent(entry);
    return event.type === "AlertRaised" && event.cause === cause ? event.reason : null;
  } catch {
    return null;
  }
}
