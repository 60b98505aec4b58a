import { type Instant, MINUTE, type Millis } from "../base/time.ts";
import type { Chance } from "./chance.ts";
import type { World } from "./simulate.ts";

/** Nobody needs longer than this to say what they are asked for. */
const PATIENCE: Millis = 5 * MINUTE;

/**
 * A world at the pace of a seed: work takes half to twice its usual time, and people come within some minutes of being
 * needed. The same seed keeps the same pace.
 */
export function atPace(usual: World, chance: Chance): World {
  /** When who is needed for something will be there to say it. */
  const ready = new Map<string, Instant>();
  return {
    answer(intent, release, now) {
      const { answer, takes } = usual.answer(intent, release, now);
      return { answer, takes: Math.ceil(takes * (0.5 + 1.5 * chance.draw())) };
    },
    people(release, now) {
      const said = usual.people(release, now);
      if (said === null) return null;
      const key = JSON.stringify(said);
      const at = ready.get(key) ?? now + chance.upTo(PATIENCE);
      ready.set(key, at);
      if (now < at) return null;
      ready.delete(key);
      return said;
    },
    comes(now) {
      let soonest = usual.comes?.(now) ?? null;
      for (const at of ready.values())
        if (at > now && (soonest === null || at < soonest)) soonest = at;
      return soonest;
    },
  };
}
