// A rehearsal for people: the timeline first, then what stands at its end, then the way back.
import { formatDuration, formatInZone, type Instant } from "#core/base/time.ts";
import type { HoldStory, PhaseStory, RehearsalReport } from "#core/reports/rehearsal.ts";
import { isTold } from "#core/reports/told-hold.ts";
import { type Paint, plain } from "../text.ts";

/** The report, with what the rehearsal itself knows. */
export interface Rehearsal extends RehearsalReport {
  readonly seed: number;
  readonly because: readonly string[] | null;
  readonly events: number;
  readonly crashedAt: Instant | null;
  readonly endedAt: Instant;
}

export function rehearsalLines(report: Rehearsal, paint: Paint): string[] {
  return [
    ...headLines(report, paint),
    "",
    ...timeline(report, paint),
    "",
    ...endLines(report, paint),
    ...wayBackLines(report, paint),
  ];
}

function headLines(report: Rehearsal, paint: Paint): string[] {
  const { system, type, version, zone, plannedAt, at, seed, because, crashedAt } = report;
  return [
    paint.strong(plain(`${system}: a ${type} release, ${version}, with seed ${seed}`)),
    `planned   ${formatInZone(plannedAt, zone)}`,
    `T-0       ${formatInZone(at, zone)}`,
    ...(because ?? []).map((why) => paint.faint(plain(`          ${why}`))),
    ...(because === null
      ? [paint.bad("          the calendar has no legal slot within 400 days")]
      : []),
    ...(crashedAt === null
      ? []
      : [paint.careful(`crash     ${formatInZone(crashedAt, zone)}; another worker went on`)]),
  ];
}

/** Phases and moments in the order in which they came. */
function timeline(report: Rehearsal, paint: Paint): string[] {
  const { phases, moments, zone, at: zero } = report;
  const all = [
    ...phases.map((phase) => ({ at: phase.openedAt, lines: phaseLines(phase, report, paint) })),
    ...moments.map(({ at, what }) => ({
      at,
      lines: [`${when(at, zone)}  ${fromZero(at, zero).padEnd(13)} ${paint.careful(plain(what))}`],
    })),
  ];
  return all.sort((a, b) => a.at - b.at).flatMap(({ lines }) => lines);
}

function phaseLines(phase: PhaseStory, { zone, at }: Rehearsal, paint: Paint): string[] {
  const { name, environment, openedAt, releasedAt, passedAt, holds, steps } = phase;
  const where = environment === null ? "" : ` in ${environment}`;
  const took =
    passedAt === null ? paint.bad("never passed") : `passed after ${length(passedAt - openedAt)}`;
  const head = `${when(openedAt, zone)}  ${fromZero(openedAt, at).padEnd(13)} ${paint.strong(plain(name))}${plain(where)}, ${took}`;
  return [
    head,
    ...holds.filter(isTold).map((hold) => holdLine(hold, paint)),
    ...(releasedAt !== null && steps.length > 0
      ? [`${INDENT}works from ${when(releasedAt, zone)}`]
      : []),
    ...steps.map(({ step, since, until, failed }) => {
      const line = `${INDENT}  ${plain(step)}: `;
      if (failed !== null) return paint.bad(`${line}failed, ${plain(failed)}`);
      return until === null
        ? paint.careful(`${line}not done`)
        : `${line}done in ${length(until - since)}`;
    }),
  ];
}

function holdLine({ gate, since, until, reason, lift }: HoldStory, paint: Paint): string {
  const how = until === null ? paint.bad("holds to the end") : `held ${length(until - since)}`;
  const who = lift.length > 0 ? gathered(lift).join("; ") : reason;
  return `${INDENT}${plain(gate)} ${how}: ${paint.faint(plain(who))}`;
}

/** What the same people can do, said once for all: `qa ticks logs; qa ticks pools` as `qa ticks logs, pools`. */
function gathered(lift: readonly string[]): readonly string[] {
  const byWho = Map.groupBy(lift, (way) => way.slice(0, way.lastIndexOf(" ticks ")));
  return [...byWho].flatMap(([who, ways]) => {
    if (who === "" || ways.length === 1) return ways;
    return [`${who} ticks ${ways.map((way) => way.slice(who.length + 7)).join(", ")}`];
  });
}

function endLines({ end, endedAt, zone, phases, at }: Rehearsal, paint: Paint): string[] {
  if (end !== null) {
    const said = `Ended ${end.how} ${formatInZone(end.at, zone)}, ${fromZero(end.at, at)}: ${plain(end.reason)}`;
    return [end.how === "stable" ? paint.good(said) : paint.bad(said)];
  }
  const open = phases
    .at(-1)
    ?.holds.filter(({ until, level }) => until === null && level === "hold");
  return [
    paint.bad(
      `It stands still from ${formatInZone(endedAt, zone)} on, in ${plain(phases.at(-1)?.name ?? "")}.`,
    ),
    ...(open ?? []).map(({ gate, reason }) => `  ${plain(gate)}: ${plain(reason)}`),
  ];
}

function wayBackLines({ wayBack, noReturn, zone }: Rehearsal, paint: Paint): string[] {
  const { target, bound, slowest, gone } = wayBack;
  const worst = `Way back at most ${formatDuration(bound)}, from ${plain(slowest ?? "")}; promised ${formatDuration(target)}`;
  const took =
    gone === null
      ? []
      : [
          gone.took === null
            ? paint.bad("The way back was begun and did not come to its end")
            : `The way back took ${formatDuration(gone.took)}`,
        ];
  return [
    slowest === null
      ? "Way back: nothing is ever to be undone"
      : bound > target
        ? paint.bad(worst)
        : worst,
    ...took,
    noReturn === null
      ? "No point of no return: it can go back to its end"
      : `No way back after ${plain(noReturn.step)}${noReturn.at === null ? ", which was not reached" : `, reached ${when(noReturn.at, zone)}`}: ${plain(noReturn.why)}`,
  ];
}

const INDENT = " ".repeat(36);

function when(at: Instant, zone: string): string {
  return formatInZone(at, zone).split(" ").slice(0, 3).join(" ");
}

/** `T-32 d`, `T`, `T+1 h 5 min`. */
function fromZero(at: Instant, zero: Instant): string {
  if (Math.abs(at - zero) < 1000) return "T";
  return at < zero ? `T-${formatDuration(zero - at)}` : `T+${formatDuration(at - zero)}`;
}

function length(millis: number): string {
  return millis < 1000 ? "no time" : formatDuration(millis);
}
