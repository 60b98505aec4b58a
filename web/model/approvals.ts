import type { Entry } from "#core/audit/entry.ts";
import { listed } from "#core/base/words.ts";
import type { Happened } from "#core/release/events.ts";
import { readEvent } from "#core/release/upcast.ts";
import { type ApprovalReport, approvalsOf } from "#core/reports/approvals.ts";
import type { Look } from "./tone.ts";

/** Approvals as the journal tells them; entries that a newer Holdpoint has written are passed over. */
export function approvals(entries: readonly Entry[]): readonly ApprovalReport[] {
  return approvalsOf(
    entries.flatMap((entry): Happened[] => {
      try {
        return [{ at: entry.at, by: entry.by, event: readEvent(entry) }];
      } catch {
        return [];
      }
    }),
  );
}

/** Whether an approval counts, and why, in words. */
export function standing({ changed, covers, voidBecause }: ApprovalReport): {
  readonly look: Look;
  readonly text: string;
} {
  const parts = changed.map(({ part }) => part);
  if (voidBecause !== null) {
    const because = listed(voidBecause, "and");
    return {
      look: { tone: "bad", mark: "✗", word: "void" },
      text: `It counts no more, because of the ${because}.`,
    };
  }
  const look: Look = { tone: "good", mark: "✓", word: "stands" };
  if (parts.length === 0) return { look, text: "Nothing has changed since." };
  const rest = covers.length === 0 ? "nothing of the bundle" : `the ${listed(covers, "and")}`;
  return { look, text: `Changed since: ${listed(parts, "and")}; it rests on ${rest}.` };
}
