import { isSame } from "../swarm/journal.ts";
import type { Invariant } from "./invariant.ts";

export const once: Invariant = {
  rule: "Each effect happens once: work keeps its key until it is answered, however often a worker dies, and no key ever stands for anything else.",
  wants({ keys, taken }, { intents }) {
    const seen = new Set<string>();
    for (const { id, wanted } of intents) {
      if (seen.has(id)) return `${id} is wanted twice at once`;
      seen.add(id);
      if (taken.has(id) && wanted.ask !== "free")
        return `${id} is wanted again after it was answered`;
      const before = keys.get(id);
      if (before === undefined) keys.set(id, wanted);
      else if (!isSame(before, wanted)) return `${id} stands for something else now`;
    }
    return null;
  },
  work({ chronicle }, { id }) {
    const { current } = chronicle;
    if (current === null || !id.includes(`/${current.step.id}/`) || id.endsWith("/doubt"))
      return null;
    current.keys.add(id);
    return current.keys.size <= current.answers + 1
      ? null
      : `${id} is asked anew under another key`;
  },
};
