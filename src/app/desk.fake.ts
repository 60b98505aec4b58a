// A desk in memory for tests: the real engine and the real fold, without a store, a planner or a worker.

import type { Entry } from "#core/audit/entry.ts";
import { digestOf, digestText } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import { type PolicyText, policyShape } from "#core/policy/policy.ts";
import type { Command } from "#core/release/commands.ts";
import { decide } from "#core/release/decide.ts";
import { type Plan, planOf } from "#core/release/plan.ts";
import type { Release } from "#core/release/state.ts";
import { writeEvent } from "#core/release/upcast.ts";
import { agenda } from "#core/reports/agenda.ts";
import { openDebts } from "#core/reports/debts.ts";
import { explained } from "#core/reports/explain/explain.ts";
import { planReport } from "#core/reports/plan.ts";
import { rowOf } from "#core/reports/row.ts";
import { type StatusReport, statusReport } from "#core/reports/status.ts";
import { MemoryStore } from "../store/memory.ts";
import { MemoryMeasures } from "../store/memory-measures.ts";
import { agendaSpan } from "./agenda-span.ts";
import type { Desk } from "./desk.ts";
import { type Carried, goneOn } from "./handle.ts";
import type { Holdpoint } from "./holdpoint.ts";
import { IncidentHandler } from "./incidents.ts";
import { inForce } from "./policy-in-force.ts";
import type { PlanAsk } from "./ports/planner.ts";
import type { FileFinding } from "./ports/policy-file.ts";
import { inRowOrder, type RowFilter, type Store } from "./ports/store.ts";
import { noSuchRelease, type Problem } from "./problem.ts";
import { rehearsal } from "./rehearse.ts";

const FAKE_POLICY: PolicyText = {
  holdpoint: 1,
  system: "Shop",
  roles: { lead: ["lead@example.test"], qa: ["qa@example.test"] },
  environments: { production: { local: {} } },
  calendar: {
    windows: { daily: { rule: "FREQ=DAILY", from: "2026-01-05T10:00", for: "2 h" } },
    freezes: {
      "year-end": { from: "2026-12-21T00:00", to: "2027-01-04T00:00", reason: "holidays" },
    },
  },
  gates: {
    "go-no-go": { signoff: { roles: { lead: 1 } } },
    list: { owner: "lead", checklist: { items: { runbook: "the runbook is read" } } },
    drill: { owner: "lead", evidence: { record: "rollback-drill", younger: "30 d" } },
  },
  phases: {
    ready: { gates: ["go-no-go", "list"] },
    rehearsed: { gates: ["drill"] },
    production: {
      environment: "production",
      steps: [{ deploy: {} }, { shift: { weights: ["5 %", "100 %"], soak: "1 min" } }],
    },
  },
  types: {
    patch: { bumps: ["patch"], phases: ["ready", "production"] },
    minor: { bumps: ["minor"], phases: ["rehearsed", "production"] },
  },
  rollback: { target: "5 min", on: { health: {} } },
  waivers: { roles: ["lead"], review: "24 h" },
  withdrawals: { roles: ["lead"] },
  "status-page": {
    title: "Shop status",
    url: "https://status.example.test/",
    areas: { shop: { title: "Online shop", environment: "production" } },
    incidents: { roles: ["lead"] },
  },
};

const FAKE_TEXT = `${JSON.stringify(FAKE_POLICY)}\n`;
/** The rule that has found something in it. */
const RULE = "owners";
const FINDING: FileFinding = {
  ...{ code: RULE, severity: "warning", where: "gates.list", line: 1, column: 1 },
  ...{ sentence: "nobody else may tick it", remedy: "Name a deputy" },
};

export interface FakeDesk {
  readonly desk: Desk;
  readonly holdpoint: Holdpoint;
  /** Hands the engine what a worker would. */
  answer(release: string, command: Command): StatusReport;
  /** How many events were recorded. */
  readonly recorded: () => number;
  readonly releases: () => number;
  readonly names: () => readonly string[];
  readonly workers: () => number;
  /** The release as the engine has it. */
  state(release: string): Release;
}

/** @param clock what time it is; a fixed moment where nothing is said */
export function fakeDesk(clock: () => Instant = () => 1_795_000_000_000): FakeDesk {
  const book = openBook(clock);
  const desk = deskOn(book, clock);
  let workers = 0;
  const startWorker = async () => {
    workers += 1;
    return { stop: async () => {} };
  };
  const store = fakeStore(book, clock);
  return {
    desk,
    holdpoint: { desk, store, startWorker, writePage: async () => {}, close: async () => {} },
    answer: (id, command) => {
      const done = book.run(id, command);
      if (!done.ok) throw new Error(done.error[0]?.sentence);
      return done.value;
    },
    recorded: () => book.entries.length,
    releases: () => book.releases.size,
    names: () => [...book.releases.keys()],
    workers: () => workers,
    state: (id) => {
      const release = book.releases.get(id);
      if (release === undefined) throw new Error(`no release ${id}`);
      return release;
    },
  };
}

interface Book {
  readonly releases: Map<string, Release>;
  readonly entries: Entry[];
  readonly listeners: Set<() => void>;
  run(id: string, command: Command, carried?: Carried): Answered;
  status(id: string): Answered;
}

function openBook(clock: () => Instant): Book {
  const releases = new Map<string, Release>();
  const entries: Entry[] = [];
  const requests = new Set<string>();
  const listeners = new Set<() => void>();
  const status = (id: string): Answered => {
    const release = releases.get(id);
    return release === undefined ? err([noSuchRelease(id)]) : ok(statusReport(release, clock()));
  };
  const run: Book["run"] = (id, command, { request, seen } = {}) => {
    if (request !== undefined && requests.has(request)) return status(id);
    const end = entries.filter(({ stream }) => stream === id).length;
    if (seen !== undefined && seen !== end) return err([goneOn(id)]);
    const decided = decide(releases.get(id) ?? null, command, clock());
    if (!decided.ok) return err([decided.error]);
    for (const { at, by, event } of decided.value.happened) {
      const seq = entries.filter(({ stream }) => stream === id).length + 1;
      const place = { position: entries.length + 1, stream: id, seq };
      const fields = { ...place, at, by, ...writeEvent(event), prev: headOf(entries).hash };
      entries.push({ ...fields, hash: digestOf(fields) });
    }
    releases.set(id, decided.value.release);
    if (request !== undefined) requests.add(request);
    for (const listener of listeners) listener();
    return status(id);
  };
  return { releases, entries, listeners, run, status };
}

function deskOn({ releases, entries, run, status }: Book, clock: () => Instant): Desk {
  const incidents = new IncidentHandler(new MemoryStore());
  return {
    async tell(saying, { request } = {}) {
      const handling = { now: clock(), policy: policyShape.parse(FAKE_POLICY), request };
      const told = await incidents.say(saying, handling);
      return told.ok ? told : err([told.error]);
    },
    incidents: async () => ok(Object.values(await incidents.load()).toReversed()),
    async plan(ask) {
      const plan = planned(ask, { at: clock(), count: releases.size });
      const traffic = { production: ask.traffic ? { rate: ask.traffic, usual: 0.001 } : null };
      const found = { bump: "patch", reasons: ["fix: it"], warnings: [] };
      return ok(planReport({ plan, traffic, ...found }, clock()));
    },
    rehearse: async (ask) =>
      ok(await rehearsal(planned(ask, { at: clock(), count: releases.size }))),
    async release(ask, carried) {
      const plan = planned(ask, { at: clock(), count: releases.size });
      return run(plan.release, { ask: "plan", by: ask.by, plan }, carried);
    },
    async revise(id, by, carried) {
      const release = releases.get(id);
      if (release === undefined) return err([noSuchRelease(id)]);
      const bundle = { ...release.plan.bundle, commit: digestText(String(entries.length)) };
      return run(id, { ask: "revise", by, plan: { ...release.plan, bundle } }, carried);
    },
    debts: async () => ok(openDebts([...releases.values()], clock())),
    policy: async () => {
      const file = { text: FAKE_TEXT, policy: policyShape.parse(FAKE_POLICY), problems: [FINDING] };
      return ok(inForce(file, explained, clock()));
    },
    policies: async () => ok([]),
    policyDiff: async ({ was }) =>
      err([{ code: "no-policy-version", sentence: `There is no ${was}.`, remedy: "" }]),
    agenda: async (days) => {
      const policy = policyShape.parse(FAKE_POLICY);
      const within = agendaSpan(days, { zone: policy.zone, now: clock() });
      if (!within.ok) return within;
      const entries = agenda(policy, [...releases.values()], within.value);
      return ok({ system: policy.system, zone: policy.zone, at: clock(), entries });
    },
    say: async (id, saying, carried) => run(id, saying, carried),
    status: async (id) => status(id),
    async releases({ ended, before, limit }) {
      const rows = [...releases.values()].map((release) => rowOf(release, clock()));
      return ok(
        rows
          .filter((row) => ended === undefined || row.ended === ended)
          .filter((row) => before === undefined || inRowOrder(before, row) < 0)
          .toSorted(inRowOrder)
          .slice(0, limit),
      );
    },
    async log({ release, after, limit }) {
      if (release !== undefined && !releases.has(release)) return err([noSuchRelease(release)]);
      const wanted = entries.filter(
        ({ stream, position }) => position > after && (release ?? stream) === stream,
      );
      return ok(wanted.slice(0, limit));
    },
    async verify(noted) {
      const sound = noted === undefined || entries[noted.position - 1]?.hash === noted.hash;
      const sentence = "the noted head is not in the journal";
      const wrong = sound ? null : { position: noted.position, sentence };
      return ok({ sound, entries: entries.length, head: headOf(entries), wrong });
    },
  };
}

type Answered = Result<StatusReport, readonly Problem[]>;

function planned(
  { by, type = "patch", incident }: PlanAsk,
  now: { at: number; count: number },
): Plan {
  const version = `1.4.${now.count}`;
  const same = digestText("same");
  return planOf(policyShape.parse(FAKE_POLICY), {
    release: `shop-${version}`,
    type,
    version,
    tag: `v${version}`,
    commit: "c".repeat(40),
    bundle: { commit: same, artifacts: same, configuration: same, migrations: same, policy: same },
    previous: { version: "1.3.9", commit: "b".repeat(40) },
    plannedAt: now.at,
    at: now.at,
    requester: by,
    authors: ["dev@example.test"],
    notes: "a fix",
    ...(incident !== undefined && { incident }),
  });
}

function headOf(entries: readonly Entry[]) {
  const last = entries.at(-1);
  return { position: last?.position ?? 0, hash: last?.hash ?? "0".repeat(64) };
}

/** As much of a store as the API uses beside the desk. */
function fakeStore({ releases, entries, listeners }: Book, clock: () => Instant): Store {
  const held = new Map<string, string>();
  const some = {
    measures: new MemoryMeasures(),
    read: async (stream: string, after = 0) =>
      entries.filter((entry) => entry.stream === stream && entry.seq > after),
    readAll: async (after: number, limit: number) => entries.slice(after, after + limit),
    rows: async ({ release = "" }: RowFilter) =>
      [releases.get(release)].flatMap((found) => (found ? [rowOf(found, clock())] : [])),
    head: async () => headOf(entries),
    hold: async (name: string, holder: string) => {
      if (!held.has(name)) held.set(name, holder);
      return held.get(name) ?? holder;
    },
    holder: async (name: string) => held.get(name) ?? null,
    letGo: async (name: string, holder: string) => {
      if (held.get(name) === holder) held.delete(name);
    },
    onAppend: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return some as unknown as Store;
}
