// A recorded stream before the judge: lines in, one word per check out. A pure fold, line by line. Bad lines and a clock
// that jumps are told and let be: the second is missing then, and what is missing never turns a release back.
import {
  type Charge,
  type Judgement,
  type Judging,
  judge,
  learnHistory,
  UNJUDGED,
} from "./judge.ts";
import { type BadLine, readLine } from "./line.ts";
import type { Reading } from "./reading.ts";
import { NO_RECORD, recordedAt, recordSample, type StreamRecord } from "./record.ts";
import { addTo, NOT_RUNNING, type Running, readingAt } from "./running.ts";
import type { Sample } from "./sample.ts";
import { read } from "./statistics.ts";
import { triggers } from "./triggers.ts";

/** What the judge is told where no policy says otherwise. */
export const DEFAULT_TRIGGERS = triggers.parse({
  health: {},
  database: {},
  latency: { times: 10 },
  worse: {},
});

/** Seconds between two checks: at t = 4, 9, 14 ... */
const CHECK = 5;
/** A leap of more seconds is the clock's, not the traffic's. */
const LEAP = 600;
/** A clock that goes on from where it leapt for so many lines is believed. */
const BELIEVED = 10;

/** Plain data, of a size that does not grow with the stream. */
export interface Stream {
  readonly judging: Judging;
  readonly running: Running;
  readonly record: StreamRecord;
  readonly kept: readonly Sample[];
  /** The last second, on the stream's own clock plus `shift`. */
  readonly last: number | null;
  readonly shift: number;
  /** The second of the next check. */
  readonly next: number | null;
  /** Where the clock may have leapt to, and how many lines went on from there. */
  readonly leapt: { readonly t: number; readonly lines: number } | null;
  readonly lines: number;
  readonly bad: number;
  readonly over: boolean;
}

export const START_OF_STREAM: Stream = {
  judging: UNJUDGED,
  running: NOT_RUNNING,
  record: NO_RECORD,
  kept: [],
  last: null,
  shift: 0,
  next: null,
  leapt: null,
  lines: 0,
  bad: 0,
  over: false,
};

/** One check, as it is told. */
export interface Told extends Judgement {
  readonly t: number;
}

export interface Heard {
  readonly stream: Stream;
  readonly told: readonly Told[];
  /** What is wrong with the line, as a sentence; null where nothing is. */
  readonly warning: string | null;
}

/** Takes up one line. After a rollback the stream is over, and says nothing any more. */
export function hear(before: Stream, text: string, charge: Charge): Heard {
  if (before.over) return { stream: before, told: [], warning: null };
  const stream = { ...before, lines: before.lines + 1 };
  if (text.trim() === "") return { stream, told: [], warning: null };
  const line = readLine(text);
  if (line.ok) return hearSample(stream, line.value, charge);
  const { t, why }: BadLine = line.error;
  const counted = { ...stream, bad: stream.bad + 1 };
  const warning = `Line ${stream.lines} is let be, and its second is missing: ${why}.`;
  if (t === null) return { stream: counted, told: [], warning };
  return {
    ...hearSample(counted, { t, weight: Number.NaN, baseline: null, canary: null }, charge),
    warning,
  };
}

/** Takes up one sample, as one line that was read. */
export function hearSample(stream: Stream, sample: Sample, charge: Charge): Heard {
  const timed = onTime(stream, sample.t);
  if (timed === null) return leapt(stream, sample.t);
  const t = sample.t + timed.shift;
  const told: Told[] = [];
  const ready: Stream = { ...stream, shift: timed.shift, leapt: null };
  let now = t >= 0 && ready.next === null ? begun(ready, t, charge) : ready;
  const checkUpTo = (end: number): void => {
    while (!now.over && now.next !== null && now.next <= end) {
      const checked = check(now, charge);
      now = checked.stream;
      told.push(checked.told);
    }
  };
  // A check whose second is missing is made before anything later is heard.
  checkUpTo(t - 1);
  if (now.over) return { stream: now, told, warning: null };
  now = { ...now, kept: [...now.kept, { ...sample, t }], last: t };
  checkUpTo(t);
  if (t < 0 && now.kept.length >= CHECK) now = learnt(now, charge);
  return { stream: now, told, warning: null };
}

/** A second that the clock cannot have come to: it is let be, until ten lines in a row go on from there. */
function leapt(stream: Stream, t: number): Heard {
  const before = stream.leapt;
  const lines = before !== null && follows(before.t, t) ? before.lines + 1 : 1;
  const from = (stream.last ?? 0) - stream.shift;
  const warning = `Line ${stream.lines} is let be: its t leaps from ${from} to ${t}.`;
  return { stream: { ...stream, leapt: { t, lines }, bad: stream.bad + 1 }, told: [], warning };
}

/** The shift under which a second comes after the last one; null where the clock is not believed. */
function onTime({ last, shift, leapt }: Stream, t: number): { shift: number } | null {
  if (last === null) return { shift };
  const forward = t + shift - last;
  if (forward > 0 && (last < 0 || forward <= LEAP)) return { shift };
  const isBelieved = leapt !== null && leapt.lines >= BELIEVED - 1 && follows(leapt.t, t);
  // Checks stay at 4, 9, 14 ... of the stream's own clock.
  return isBelieved ? { shift: CHECK * Math.ceil((last + 1 - t) / CHECK) } : null;
}

function follows(before: number, t: number): boolean {
  return t > before && t <= before + CHECK;
}

function begun(stream: Stream, t: number, charge: Charge): Stream {
  return { ...learnt(stream, charge), next: Math.floor(t / CHECK) * CHECK + CHECK - 1 };
}

function learnt(stream: Stream, charge: Charge): Stream {
  if (stream.kept.length === 0) return stream;
  const samples = known(stream.kept);
  const record = recorded(stream.record, samples, charge);
  return { ...stream, kept: [], record, judging: learnHistory(stream.judging, samples) };
}

/** The record after some samples; without budgets to look at there is none. */
function recorded(
  record: StreamRecord,
  samples: readonly Sample[],
  { objectives, triggers, budgets = [] }: Charge,
): StreamRecord {
  if (triggers.budget === undefined && budgets.length === 0) return record;
  return samples.reduce((all, sample) => recordSample(all, sample, objectives), record);
}

function check(stream: Stream, charge: Charge): { stream: Stream; told: Told } {
  const t = stream.next ?? 0;
  const samples = known(stream.kept);
  const record = recorded(stream.record, samples, charge);
  const { running, reading } = totalsAfter({ ...stream, record }, t, samples, charge);
  const { judging, judgement } = judge(stream.judging, { t, samples, reading }, charge);
  const evidence =
    stream.bad > 0 ? { ...judgement.evidence, badLines: stream.bad } : judgement.evidence;
  const over = judgement.verdict === "rollback";
  const { verdict, reason, metric = "none" } = judgement;
  return {
    stream: { ...stream, judging, running, record, kept: [], next: t + CHECK, over },
    told: { t: t - stream.shift, verdict, reason, metric, evidence: evidence ?? {} },
  };
}

/** Running totals and the record, which the limits alone look at. */
function totalsAfter(
  { running: before, record, judging }: Stream,
  t: number,
  samples: readonly Sample[],
  charge: Charge,
): { running: Running; reading: Reading | null } {
  if (!hasLimits(charge)) return { running: before, reading: null };
  const interval = read(judging.statistics, samples);
  const running = addTo(before, interval, samples);
  const reading = { ...readingAt(t, running, interval), recorded: recordedAt(record, t) };
  return { running, reading };
}

function hasLimits({ triggers: { worse: _, ...limits }, budgets = [] }: Charge): boolean {
  return budgets.length > 0 || Object.values(limits).some(Boolean);
}

/** The samples of good lines. */
function known(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter(({ weight }) => !Number.isNaN(weight));
}
