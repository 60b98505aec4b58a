import { problem } from "#api/problems.ts";
import type { Push } from "#app/ports/measures.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { DAY, formatInstant, MINUTE } from "#core/base/time.ts";
import type { Asked, Parts } from "./handlers.ts";

/** How far ahead of ours a clock may go, and how long after its end a count is still taken in. */
const AHEAD = MINUTE;
const OLDEST = DAY;

/**
 * Takes in what programs counted. A moment of a version counts once, however often and in whatever order it is pushed; the
 * moments are remembered for longer than an old one is let in, so that none can come twice.
 */
export async function pushSamples(
  { environment, body }: Pick<Asked<"pushSamples">, "environment" | "body">,
  { store, clock }: Pick<Parts, "store" | "clock">,
): Promise<Result<{ fresh: number }, readonly Problem[]>> {
  const now = clock();
  const odd = body.samples.find(({ at }) => at > now + AHEAD || at < now - OLDEST);
  if (odd !== undefined) {
    const here = formatInstant(now);
    const sentence = `A sample is of ${formatInstant(odd.at)}, and here it is ${here}: at most 1 min ahead and 1 d old is taken in.`;
    return err([problem("bad-moment", { sentence })]);
  }
  const pushes = body.samples.map(({ arm, at, ...counts }): Push => {
    const said = Object.entries(counts).filter(([, value]) => value !== undefined);
    return { environment, arm, at, counts: Object.fromEntries(said) as unknown as Push["counts"] };
  });
  return ok({ fresh: await store.measures.push(pushes, now - 2 * OLDEST) });
}
