// Reports and checklists of a watch, as a policy's schedule wants them: due by the clock, journalled, told, and with items
// for people to tick. They say how it goes; that something is wrong is found by the guard, which looks all the time.

import { err, ok, type Result } from "../base/result.ts";
import { formatDuration, type Instant, type Millis } from "../base/time.ts";
import { armBetween } from "../judge/between.ts";
import type { Reading } from "../judge/reading.ts";
import type { Arm } from "../judge/sample.ts";
import { breaches, percent, sayFigures } from "../objectives/breaches.ts";
import type { WatchReport, watch } from "../steps/watch.ts";
import type { Command } from "./commands.ts";
import type { ReleaseEvent } from "./events.ts";
import { isKnown, stranger } from "./people.ts";
import { type Refusal, refuse } from "./refusals.ts";
import type { Release } from "./state.ts";

/** The latest report of a name that was due. */
export interface ReportState {
  readonly number: number;
  readonly at: Instant;
  readonly ticked: readonly string[];
  /** The reading that it told of last: the next one tells what came since. */
  readonly reading: Reading | null;
}

interface Open {
  readonly key: string;
  readonly name: string;
  readonly step: string;
  readonly report: WatchReport;
  /** What it has people tick. */
  readonly items: readonly DueItem[];
  /** When its watch began, and how long it is. */
  readonly since: Instant;
  readonly length: Millis;
  readonly known: ReportState | null;
}

const NOTHING: readonly never[] = [];

/** The reports of the watch that is under way, and what of them waits for people. */
interface Reporting extends Pick<Release, "stand" | "reports"> {
  readonly open: readonly Open[];
  readonly due: readonly DueItem[];
}

/** What was known last: each turn asks for it several times. */
let latest: Reporting = {
  stand: { at: "phase", phase: 0, openedAt: null, work: null },
  reports: {},
  open: NOTHING,
  due: NOTHING,
};

function reporting({ stand, reports }: Release): Reporting {
  if (latest.stand === stand && latest.reports === reports) return latest;
  const open = reportsOf(stand, reports);
  const due = open.flatMap(({ items, known }) =>
    known === null ? [] : items.filter(({ item }) => !known.ticked.includes(item)),
  );
  latest = { stand, reports, open, due };
  return latest;
}

function openReports(release: Release): readonly Open[] {
  return reporting(release).open;
}

function reportsOf(stand: Release["stand"], reports: Release["reports"]): readonly Open[] {
  const work = stand.at === "phase" ? stand.work : null;
  const step = work?.steps[work.step];
  if (!work?.attempt || step?.kind !== "watch") return NOTHING;
  const config = step.config as Parameters<typeof watch.next>[0];
  if (config.reports === undefined) return NOTHING;
  const { since } = work.attempt;
  return Object.entries(config.reports).map(([name, report]) => {
    const key = `${step.id}/${work.attempts}/${name}`;
    const items = Object.entries(report.items).map(([item, text]) => ({ gate: name, item, text }));
    const of = { key, name, step: step.id, report, items, since, length: config.for };
    return { ...of, known: reports[key] ?? null };
  });
}

/** How many reports of a name are due at a moment. */
function dueBy({ report, since, length }: Open, now: Instant): number {
  const { from, every } = report;
  const elapsed = now - since - from;
  if (elapsed < 0) return 0;
  if (every === undefined) return 1;
  const span = report.for ?? length - from;
  return Math.floor(Math.min(elapsed, span) / every);
}

function wakeOf(open: Open): Instant | null {
  const { report, since, length, known } = open;
  const { from, every } = report;
  const number = (known?.number ?? 0) + 1;
  if (every === undefined) return known === null ? since + from : null;
  return number * every > (report.for ?? length - from) ? null : since + from + number * every;
}

/** The reports that are due and not told yet: of each name the latest. */
export function reportEvents(release: Release, now: Instant): readonly ReleaseEvent[] {
  const due = openReports(release).filter((open) => dueBy(open, now) > (open.known?.number ?? 0));
  return due.map((open) => {
    const { key, name, step } = open;
    const number = dueBy(open, now);
    return {
      type: "ReportDue",
      key,
      step,
      report: name,
      number,
      said: said(release, open, number),
    };
  });
}

/** The next moment at which a report is due. */
export function reportWake(release: Release): Instant | null {
  let soonest: Instant | null = null;
  for (const open of openReports(release)) {
    const wake = wakeOf(open);
    if (wake !== null && (soonest === null || wake < soonest)) soonest = wake;
  }
  return soonest;
}

/** Items of the latest reports that nobody has ticked, for people: the watch is not done before they are. */
export function unticked(release: Release): readonly string[] {
  const due = dueItems(release);
  return due.length === 0 ? NOTHING : due.map(({ gate, item }) => `${item} of ${gate}`);
}

/** An item of a report that waits for somebody; `gate` is the report's name, as in the command. */
export interface DueItem {
  readonly gate: string;
  readonly item: string;
  readonly text: string;
}

/** The same as what is to be ticked. */
export function dueItems(release: Release): readonly DueItem[] {
  return reporting(release).due;
}

/** Whom a report is told: by its own word, or as the policy's alerts of severity info. */
export function routeOf(
  release: Release,
  key: string,
): { readonly channels: readonly string[]; readonly message: string } | null {
  const open = openReports(release).find((one) => one.key === key);
  return open?.report.tell ?? release.plan.terms.alerts?.info ?? null;
}

/** What a report says: traffic and objectives since the report before, the first since the exposure, and what is to be ticked. */
function said(
  { guard, plan }: Release,
  { name, report, items, known }: Open,
  number: number,
): string {
  const first = known?.reading ?? guard?.first ?? null;
  const last = guard?.last ?? null;
  const arm = last === null ? null : armBetween(first?.canary ?? null, last.canary);
  const wanted = Object.entries(plan.terms.objectives).filter(
    ([key]) => report.checks.length === 0 || report.checks.includes(key),
  );
  const objectives = Object.fromEntries(wanted);
  const broken = arm === null ? [] : breaches(objectives, arm);
  const measured = arm === null ? [] : sayFigures(objectives, arm);
  return [
    `${name} ${number}: ${figures(arm)}`,
    ...(measured.length > 0 ? [measured.join(", ")] : []),
    broken.length > 0 ? broken.join("; ") : sayKept(measured.length, wanted.length),
    ...(items.length > 0 ? [`to be ticked: ${items.map(({ item }) => item).join(", ")}`] : []),
  ].join("; ");
}

/** What was not measured is not kept, either. */
function sayKept(measured: number, wanted: number): string {
  const blind = wanted - measured;
  const kept = `${measured} objectives are kept`;
  return blind === 0 ? kept : `${kept}, ${blind} not measured`;
}

function figures(arm: Arm | null): string {
  if (arm === null) return "nothing was measured";
  const rate = arm.requests > 0 ? arm.errors / arm.requests : 0;
  return `${arm.requests} requests, ${percent(rate)} of them failed`;
}

export function reportsAfter(
  reports: Release["reports"],
  event: ReleaseEvent,
  at: Instant,
  guard: Release["guard"],
): Release["reports"] {
  if (event.type === "ReportDue") {
    const reading = guard?.last ?? null;
    return { ...reports, [event.key]: { number: event.number, at, ticked: [], reading } };
  }
  if (event.type !== "ReportTicked") return reports;
  const known = reports[event.key];
  if (known === undefined) return reports;
  return { ...reports, [event.key]: { ...known, ticked: [...known.ticked, event.item] } };
}

/** A tick at an item of a report that is open; null where no report of the name is. */
export function decideReportTick(
  release: Release,
  { by, gate: name, item, note }: Extract<Command, { ask: "tick" }>,
): Result<readonly ReleaseEvent[], Refusal> | null {
  const open = openReports(release).find((one) => one.name === name);
  if (open === undefined) return null;
  const { key, step, report, known } = open;
  const items = Object.keys(report.items);
  if (!items.includes(item))
    return refuse("no-item", `${name} has no item ${item}.`, `Its items are ${items.join(", ")}.`);
  if (!isKnown(release.plan, by)) return err(stranger(by).error);
  if (known === null) {
    const begins = wakeOf(open) ?? open.since;
    const wait = formatDuration(Math.max(0, begins - open.since));
    return refuse("no-item", `${name} is not due yet.`, `It is due ${wait} into the watch.`);
  }
  if (known.ticked.includes(item))
    return refuse("ticked-already", `${item} is ticked already.`, "There is nothing to do.");
  return ok([{ type: "ReportTicked", key, step, report: name, number: known.number, item, note }]);
}
