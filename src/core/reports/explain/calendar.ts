// The calendar: its rules, and with dates what comes in the next quarter.
import { formatInZone, type Instant } from "../../base/time.ts";
import { sayRecurring } from "../../calendar/rule-words.ts";
import { type AgendaEntry, agenda } from "../agenda.ts";
import { type Block, lines, type Section, sentence, text } from "./page.ts";
import type { Told } from "./told.ts";
import { sayWindow } from "./when.ts";

type Policy = Told["policy"];

/** So many dates are shown: a window that opens daily fills no more than a page. */
const MOST = 60;

export function calendarSection({ policy, from, day }: Told): Section {
  return {
    title: "Calendar",
    blocks: [windows(policy), freezes(policy), quarter(policy, from, day)],
  };
}

function windows(policy: Policy): Block {
  const rows = Object.keys(policy.calendar.windows).map((name) => {
    const going = Object.entries(policy.types).filter(([, type]) => type.cadence.includes(name));
    return [
      `**${text(name)}**`,
      text(sayWindow(policy, name)),
      text(going.map(([type]) => type).join(", ")),
    ];
  });
  return { head: ["window", "open", "regular for"], rows };
}

function freezes({ calendar }: Policy): Block {
  const rows = Object.entries(calendar.freezes).map(([name, freeze]) => {
    const { rule, from, to = "", for: lasts, kind, except, running, reason } = freeze;
    const when =
      rule === undefined ? `${day(from)} to ${day(to)}` : sayRecurring({ rule, from, for: lasts });
    const passes = kind === "blackout" || except.length === 0 ? "nobody" : except.join(", ");
    return [
      `**${text(name)}** (${kind})`,
      text(when),
      text(reason),
      text(passes),
      text(RUNNING[running]),
    ];
  });
  const head = ["freeze", "when", "why", "who may pass", "a release at work"];
  return { head, rows };
}

const RUNNING = {
  finish: "goes on to its end",
  pause: "stands still before the next step",
  retreat: "sends half-shifted traffic back and stands still",
} as const;

function day(local: string): string {
  return local.replace("T", " ");
}

function quarter(policy: Policy, from: Instant, today: string): Section {
  const until = Temporal.PlainDate.from(today).add({ months: 3 });
  const to = until.toZonedDateTime(policy.zone).epochMilliseconds;
  const whole = agenda(policy, [], { from, to });
  const all = telling(policy, whole);
  const rows = all
    .slice(0, MOST)
    .map((entry) => [
      local(entry.from, policy.zone),
      entry.to === null ? "" : local(entry.to, policy.zone),
      text(entry.title),
      lines(entry.note === "" || entry.kind !== "window" ? [] : entry.note.split("\n")),
    ]);
  const rest = whole.length - rows.length;
  return {
    title: `From ${today} to ${until}`,
    blocks: [
      { head: ["from", "to", "what", "note"], rows },
      ...(all.length === 0 ? [sentence("no window opens and no freeze is on")] : []),
      ...(rest > 0 ? [`And ${rest} more: \`holdpoint calendar\` shows all.`] : []),
    ],
  };
}

/** Without the windows that say when people work, and not when a release goes: they open nearly every day. */
function telling({ types }: Policy, all: readonly AgendaEntry[]): readonly AgendaEntry[] {
  const regular = new Set(Object.values(types).flatMap(({ cadence }) => cadence));
  const often = Map.groupBy(all, windowOf);
  return all.filter((entry) => {
    const window = windowOf(entry);
    const many = often.get(window)?.length ?? 0;
    return window === null || regular.has(window) || many <= OFTEN;
  });
}

/** Twice in each week of a quarter. */
const OFTEN = 26;

function windowOf({ kind, uid }: AgendaEntry): string | null {
  return kind === "window" ? uid.replace(/^window-/, "").replace(/-\d+$/, "") : null;
}

/** Without the zone: the document says once which it is. */
function local(at: Instant, zone: string): string {
  return formatInZone(at, zone).split(" ").slice(0, 3).join(" ");
}
