import { type Charge, judge, learnHistory, UNJUDGED } from "#core/judge/judge.ts";
import type { Sample } from "#core/judge/sample.ts";
import { triggers } from "#core/judge/triggers.ts";
import { type Scene, samplesOf } from "./traffic.ts";

/** Seconds between two checks. */
const CHECK = 5;

export interface Outcome {
  /** Seconds from the exposure to the rollback; null where there was none. */
  readonly rollback: number | null;
  readonly metric: string;
  /** Seconds until it said `continue` first. */
  readonly goesOn: number | null;
  readonly checks: number;
  readonly millis: number;
}

/** A scene before the judge, with the statistics alone, planned for as long as the scene lasts. */
export function runJudge(scene: Scene): Outcome {
  const planned = `${scene.seconds ?? 3600} s`;
  const charge: Charge = {
    triggers: triggers.parse({ worse: { watch: planned } }),
    objectives: {},
  };
  let judging = UNJUDGED;
  let [checks, millis] = [0, 0];
  let goesOn: number | null = null;
  let kept: Sample[] = [];
  for (const sample of samplesOf(scene)) {
    kept.push(sample);
    if (Math.floor(sample.t) % CHECK !== (sample.t < 0 ? -1 : CHECK - 1)) continue;
    if (sample.t < 0) {
      judging = learnHistory(judging, kept);
      kept = [];
      continue;
    }
    const began = performance.now();
    const said = judge(judging, { t: sample.t, samples: kept, reading: null }, charge);
    millis += performance.now() - began;
    judging = said.judging;
    kept = [];
    checks += 1;
    if (said.judgement.verdict === "continue") goesOn ??= sample.t + 1;
    if (said.judgement.verdict === "rollback") {
      return {
        rollback: sample.t + 1,
        metric: said.judgement.metric ?? "",
        goesOn,
        checks,
        millis,
      };
    }
  }
  return { rollback: null, metric: "", goesOn, checks, millis };
}
