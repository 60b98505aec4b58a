// Bugs in what runs beside the walk: freezes, debts, alerts, reports, what the public hears.
import type { Mutation } from "./mutation.ts";

export const FREEZES: readonly Mutation[] = [
  {
    name: "a step begins although a freeze has paused the work",
    file: "release/pause.ts",
    from: "return work.attempt === null || stepKind(step.kind).weightAfter !== undefined;",
    to: "return work.attempt !== null && stepKind(step.kind).weightAfter !== undefined;",
  },
  {
    name: "a weight is set although a freeze has paused the work",
    file: "release/pause.ts",
    from: "return work.attempt === null || stepKind(step.kind).weightAfter !== undefined;",
    to: "return work.attempt === null;",
  },
  {
    name: "nobody wakes when a freeze begins",
    file: "release/next.ts",
    from: "if (derived(plan).mayPause)",
    to: "if (pause !== null && derived(plan).mayPause)",
  },
  {
    name: "work begins in a blackout",
    file: "release/pause.ts",
    from: "const begins = phase?.environment !== undefined && isFresh;",
    to: "const begins = false;",
  },
  {
    name: "a release never goes on after a freeze",
    file: "release/pause.ts",
    from: "const isOver = stopping === undefined && retreating(release) === null;",
    to: 'const isOver = stopping === undefined && pause.running !== "pause";',
  },
  {
    name: "a weight that a freeze has held counts as soaked",
    file: "release/work.ts",
    from: "return { ...work, attempt: soakingAnew(work.attempt, at) };",
    to: "return { ...work, attempt: null };",
  },
  {
    name: "a freeze is laid out too short",
    file: "calendar/freezes.ts",
    from: "spans: [{ from: begins, to: ends }] };",
    to: "spans: [{ from: begins, to: (begins + ends) / 2 }] };",
  },
];

export const BESIDE: readonly Mutation[] = [
  {
    name: "a release owes before it has ended",
    file: "release/debts.ts",
    from: 'if (stand.at !== "ended" || begun.length === 0',
    to: "if (begun.length === 0",
  },
  {
    name: "a debt is overdue before its time",
    file: "release/debts.ts",
    from: "settled === null && !isOverdue && now >= due)",
    to: "settled === null && !isOverdue && now >= due - 600_000)",
  },
  {
    name: "anyone settles a debt",
    file: "release/debts.ts",
    from: "if (!may.includes(by)) {",
    to: "if (may.length === 0) {",
  },
  {
    name: "an alert is never over",
    file: "release/alerts.ts",
    from: "...over.map(([cause, severity])",
    to: "...over.slice(1).map(([cause, severity])",
  },
  {
    name: "nobody is alerted of a stop",
    file: "release/alerts.ts",
    from: 'if (stand.at === "stopped")\n    causes.push',
    to: 'if (stand.at === "stopped" && stand.from.at === "rollback")\n    causes.push',
  },
  {
    name: "a watch ends while a report is not ticked",
    file: "steps/watch.ts",
    from: "if (unticked === undefined || unticked.length === 0)",
    to: "if (unticked === undefined || unticked.length < 2)",
  },
  {
    name: "a report is told at every turn",
    file: "release/watch-reports.ts",
    from: "dueBy(open, now) > (open.known?.number ?? 0)",
    to: "dueBy(open, now) >= (open.known?.number ?? 0)",
  },
  {
    name: "the public waits twice as long as it was promised",
    file: "release/public.ts",
    from: ": known.last + page.every;",
    to: ": known.last + 2 * page.every;",
  },
];
