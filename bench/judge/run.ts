import type { Charge } from "#core/judge/judge.ts";
import { DEFAULT_TRIGGERS, hearSample, START_OF_STREAM } from "#core/judge/stream.ts";
import { type Scene, samplesOf } from "./traffic.ts";

export interface Outcome {
  /** Seconds from the exposure to the rollback; null where there was none. */
  readonly rollback: number | null;
  readonly metric: string;
  /** Seconds until it said `continue` first. */
  readonly goesOn: number | null;
}

/** A scene before the judge, as `holdpoint judge` would hear it, planned for as long as the scene lasts. */
export function runJudge(scene: Scene): Outcome {
  const worse = { chance: 100, ...DEFAULT_TRIGGERS.worse, watch: (scene.seconds ?? 3600) * 1000 };
  const charge: Charge = {
    triggers: scene.limits ? { ...DEFAULT_TRIGGERS, worse } : { worse },
    objectives: {},
  };
  let stream = START_OF_STREAM;
  let goesOn: number | null = null;
  for (const sample of samplesOf(scene)) {
    const heard = hearSample(stream, sample, charge);
    stream = heard.stream;
    for (const { t, verdict, metric = "" } of heard.told) {
      if (verdict === "continue") goesOn ??= t + 1;
      if (verdict === "rollback") return { rollback: t + 1, metric, goesOn };
    }
  }
  return { rollback: null, metric: "", goesOn };
}
