import type { Desk } from "#app/desk.ts";
import type { Problem } from "#app/problem.ts";
import { ok, type Result } from "#core/base/result.ts";
import { type Instant, SECOND } from "#core/base/time.ts";
import { readEvent } from "#core/release/upcast.ts";
import { isNews } from "#core/reports/log-line.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { clockNews, overDrawn, sceneLines, statusNews } from "./progress.ts";
import { type Standstill, standstill } from "./standstill.ts";
import { paintFor } from "./text.ts";
import { entryLine } from "./views/entry.ts";
import type { World } from "./world.ts";

export interface Following {
  /** Position of the journal after which it is told what happened. */
  readonly from?: number;
  /** Goes on while only people hold the release; ends when it has ended or stopped. */
  readonly patient?: boolean;
}

export interface Followed {
  readonly report: StatusReport;
  /** Position of the last entry that was shown; following goes on after it. */
  readonly position: number;
  readonly why: Standstill | "interrupted";
}

const BEAT = SECOND / 4;
/** How long it is waited, after the end, for messages that a channel does not take. */
const LAST_WORDS = 20 * SECOND;
const PAGE = 200;

/**
 * Shows a release, live on a terminal and line by line elsewhere, until it no longer moves by itself.
 * @param from a journal position: what happened up to it is not told again
 */
export async function follow(
  desk: Desk,
  release: string,
  world: World,
  { from = 0, patient = false }: Following = {},
): Promise<Result<Followed, readonly Problem[]>> {
  const view = world.terminal.draws ? liveView(world) : lineView(world);
  const over = patient ? judgeOfLastEnd() : judgeOfEnd();
  for (let after = from; ; ) {
    const seen = await look(desk, release, after);
    if (!seen.ok) return seen;
    const { report, news, entries, position } = seen.value;
    view.show(report, news);
    const why = world.interrupted.aborted
      ? "interrupted"
      : over(report, { now: world.clock(), news: entries });
    if (why !== null) {
      view.end();
      return ok({ report, position, why });
    }
    after = position;
    if (entries < PAGE) await world.pause(BEAT);
  }
}

interface Seen {
  readonly report: StatusReport;
  readonly news: readonly string[];
  /** How many entries came, news or not. */
  readonly entries: number;
  readonly position: number;
}

async function look(
  desk: Desk,
  release: string,
  after: number,
): Promise<Result<Seen, readonly Problem[]>> {
  const log = await desk.log({ release, after, limit: PAGE });
  if (!log.ok) return log;
  const status = await desk.status(release);
  if (!status.ok) return status;
  const news = log.value
    .filter((entry) => isNews(readEvent(entry)))
    .map((entry) => entryLine(entry, { stream: false }));
  const position = log.value.at(-1)?.position ?? after;
  return ok({ report: status.value, news, entries: log.value.length, position });
}

function judgeOfLastEnd(): ReturnType<typeof judgeOfEnd> {
  const over = judgeOfEnd();
  return (report, seen) => {
    const why = over(report, seen);
    const failed = report.holds.some(({ verdict }) => verdict === "fail" || verdict === "error");
    return report.end !== null || report.status === "stopped" || failed ? why : null;
  };
}

/** Says that a release no longer moves once that was so twice in a row: a look may fall between two appends of a worker. */
function judgeOfEnd() {
  let endedAt: Instant | null = null;
  let still = 0;
  return (
    report: StatusReport,
    { now, news }: { now: Instant; news: number },
  ): Standstill | null => {
    if (report.end !== null) endedAt ??= now;
    const waited = endedAt !== null && now - endedAt > LAST_WORDS;
    const why = waited ? "ended" : standstill(report, now);
    still = why !== null && news === 0 ? still + 1 : 0;
    return still >= 2 ? why : null;
  };
}

interface View {
  show(report: StatusReport, news: readonly string[]): void;
  /** Leaves room for the result. */
  end(): void;
}

function lineView({ terminal, clock }: World): View {
  let before: StatusReport | null = null;
  return {
    show(report, news) {
      for (const line of news) terminal.err(`${line}\n`);
      for (const line of statusNews(before, report)) terminal.err(`${line}\n`);
      const going = clockNews(report, clock());
      if (going !== null) terminal.err(`${going}\n`);
      before = report;
    },
    end: () => {},
  };
}

function liveView({ terminal, clock }: World): View {
  const paint = paintFor(terminal.color);
  let drawn = 0;
  let log: readonly string[] = [];
  return {
    show(report, news) {
      log = [...log, ...news].slice(-20);
      const all = sceneLines({ report, now: clock(), log, width: terminal.width }, paint);
      const lines = all.slice(-Math.max(1, terminal.height - 1));
      terminal.err(`${overDrawn(drawn)}${lines.join("\n")}\n`);
      drawn = lines.length;
    },
    end: () => terminal.err(overDrawn(drawn)),
  };
}
