// Which holds of a rehearsal are worth telling; the console loads this without the engine behind it.
import { MINUTE } from "../base/time.ts";
import type { HoldStory } from "./rehearsal.ts";

/** Whether a hold is worth telling: somebody had to do something about it, or it lasted. */
export function isTold({ since, until, lift }: HoldStory): boolean {
  return lift.length > 0 || until === null || until - since >= MINUTE;
}
