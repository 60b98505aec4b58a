// How a run of the tests is told where nobody watches: a line for each file when it is through, every failure whole where
// it happens, and at the end the slowest files and the counts.
import { relative } from "node:path";
import type { TestsStream } from "node:test";
import { inspect } from "node:util";

const SLOWEST = 8;

interface Told {
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly error: unknown;
}

interface Counts {
  readonly tests: number;
  readonly suites: number;
  readonly passed: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly todo: number;
}

interface FileRun {
  readonly file: string;
  readonly millis: number;
  readonly tests: number;
}

/** Tells a run and answers whether all of it passed. */
export async function report(events: TestsStream, write: (text: string) => void): Promise<boolean> {
  const runs: FileRun[] = [];
  let success = true;
  let end = "";
  for await (const { type, data } of events) {
    if (type === "test:fail") write(failure({ ...data, error: data.details.error }));
    if (type === "test:stderr" || type === "test:stdout") write(data.message);
    if (type !== "test:summary") continue;
    success &&= data.success;
    if (data.file === undefined) {
      end = closing(data.counts, data.duration_ms);
      continue;
    }
    const file = relative("", data.file);
    runs.push({ file, millis: data.duration_ms, tests: data.counts.tests });
    write(fileLine(file, { ...data, millis: data.duration_ms }));
  }
  write(`\n${slowest(runs)}\n${end}`);
  return success && end !== "";
}

function fileLine(
  file: string,
  { success, counts, millis }: { success: boolean; counts: Counts; millis: number },
): string {
  const number = counts.tests === 1 ? "1 test" : `${counts.tests} tests`;
  return `${success ? "ok  " : "FAIL"} ${file} (${number}, ${seconds(millis)})\n`;
}

/** A suite that failed only because of what is in it says nothing new. */
function failure({ name, file, line, error }: Told): string {
  const { failureType, cause } = error as { failureType?: string; cause?: unknown };
  if (failureType === "subtestsFailed") return "";
  const place = file === undefined ? "" : `${relative("", file)}:${line}: `;
  const what = inspect(cause ?? error, { depth: 4 }).replaceAll(/^/gm, "    ");
  return `\nfailed: ${place}${name}\n${what}\n\n`;
}

function slowest(runs: readonly FileRun[]): string {
  const first = runs.toSorted((one, other) => other.millis - one.millis).slice(0, SLOWEST);
  return `slowest files\n${first.map(({ file, millis }) => `  ${seconds(millis).padStart(7)}  ${file}\n`).join("")}`;
}

/** In the words of `node --test`, for whoever reads them by machine. */
function closing({ tests, suites, passed, ...rest }: Counts, millis: number): string {
  const { cancelled, skipped, todo } = rest;
  const failed = tests - passed - cancelled - skipped - todo;
  const lines = {
    ...{ tests, suites, pass: passed, fail: failed },
    ...{ cancelled, skipped, todo, duration_ms: Math.round(millis) },
  };
  return Object.entries(lines)
    .map(([name, value]) => `# ${name} ${value}\n`)
    .join("");
}

function seconds(millis: number): string {
  return `${(millis / 1000).toFixed(1)} s`;
}
