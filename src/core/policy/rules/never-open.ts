import { formatInZone } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Calendar, Span } from "../../calendar/calendar.ts";
import { openings } from "../../calendar/openings.ts";
import { subtract } from "../../calendar/spans.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { askedBy } from "../slots.ts";
import { calendarOf, tenYears } from "../ten-years.ts";

/** Every release type has a slot: its cadence and all its `window` gates are open together at some time in ten years. */
export const neverOpen: Rule = (policy, since) => {
  const calendar = calendarOf(policy);
  const within = tenYears(policy, since);
  const known = new Map<string, readonly Span[]>();
  return Object.keys(policy.types).flatMap((type) =>
    ofType(policy, { type, calendar, within, known }),
  );
};

interface Looked {
  readonly type: string;
  readonly calendar: Calendar;
  readonly within: Span;
  /** When what was asked for once is open: types that ask alike are looked through once. */
  readonly known: Map<string, readonly Span[]>;
}

function ofType(policy: Policy, { type, calendar, within, known }: Looked): Found[] {
  const asked = askedBy(policy, calendar, type);
  let both: readonly Span[] = [within];
  for (const [index, { path, key, wanted }] of asked.entries()) {
    const own = known.get(key) ?? openings(calendar, wanted, within);
    known.set(key, own);
    const before = both;
    both = subtract(before, subtract([within], own));
    if (both.length > 0) continue;
    return [
      own.length === 0
        ? {
            severity: "error",
            path,
            sentence: `no release of type ${type} ever finds ${named(wanted.windows)} open`,
            counterexample: `from ${say(within.from, calendar, wanted.windows)} on, ten years pass without such a time`,
            remedy: "Change the window, the freezes or the work that must end inside",
          }
        : never(
            { type, path, calendar },
            [asked[index - 1]?.wanted.windows ?? [], wanted.windows],
            [before, own],
          ),
    ];
  }
  return [];
}

function never(
  { type, path, calendar }: { type: string; path: Found["path"]; calendar: Calendar },
  [first, second]: readonly [readonly string[], readonly string[]],
  [before, own]: readonly [readonly Span[], readonly Span[]],
): Found {
  const at = before[0]?.from ?? 0;
  const next = own.find(({ to }) => to > at) ?? own[0];
  return {
    severity: "error",
    path,
    sentence: `no release of type ${type} gets through: ${named(first)} and ${named(second)} are never open at the same time`,
    counterexample: `on ${say(at, calendar, first)} ${named(first)} opens, and ${named(second)} opens only on ${say(next?.from ?? at, calendar, second)}`,
    remedy: "Keep one of them, or name both in one gate, any of which will do",
  };
}

function named(windows: readonly string[]): string {
  return windows.length === 0 ? "a time without a freeze" : windows.map(quoted).join(" or ");
}

function say(at: number, { windows }: Calendar, [first = ""]: readonly string[]): string {
  return formatInZone(at, windows[first]?.zone ?? "UTC");
}
