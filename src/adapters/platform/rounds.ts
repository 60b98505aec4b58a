import { setTimeout as pause } from "node:timers/promises";
import type { ProbeAsk } from "#app/ports/outside.ts";
import { formatDuration } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";

/**
 * Probes in rounds until enough of them were good in a row, or the time is over. Every round gets the milliseconds that
 * are left, and answers a sentence where it was not good.
 */
export async function inRounds(
  { times, every, timeout }: ProbeAsk,
  round: (left: number) => Promise<string | null>,
): Promise<Answer> {
  const deadline = performance.now() + timeout;
  let [good, rounds, last] = [0, 0, ""];
  for (;;) {
    const why = await round(Math.max(1, deadline - performance.now()));
    rounds++;
    good = why === null ? good + 1 : 0;
    if (good >= times) return { outcome: "done", facts: { rounds } };
    // A round that the end of the time cut short says less than the one before.
    if (why !== null && (last === "" || performance.now() < deadline)) last = why;
    if (performance.now() + every >= deadline) break;
    await pause(every);
  }
  const had = `${good} good rounds in a row of ${times} after ${formatDuration(timeout)}`;
  return {
    outcome: "failed",
    reason: last === "" ? `${had}.` : `${had}: ${last}`,
    facts: { rounds },
  };
}
