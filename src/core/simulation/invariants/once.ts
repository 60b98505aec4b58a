import { isSame } from "../swarm/journal.ts";
import type { Invariant } from "./invariant.ts";

export const once: Invariant = {
  rule: "Each effect happens once: work keeps its key until it is answered, however often a worker dies, and no key ever stands for anything else.",
  wants({ taken }, { intents }) {
    for (const [index, { id, wanted }] of intents.entries()) {
      if (index > 0 && intents.findIndex((other) => other.id === id) < index)
        return `${id} is wanted twice at once`;
      if (wanted.ask !== "free" && taken.has(id))
        return `${id} is wanted again after it was answered`;
    }
    return null;
  },
  work({ chronicle, keys }, { id, wanted }) {
    const before = keys.get(id);
    if (before === undefined) keys.set(id, wanted);
    else if (!isSame(before, wanted)) return `${id} stands for something else now`;
    const { current } = chronicle;
    if (current === null || !id.includes(`/${current.step.id}/`)) return null;
    if (id.endsWith("/doubt") || id.endsWith("/retreat")) return null;
    current.keys.add(id);
    return current.keys.size <= current.answers + 1
      ? null
      : `${id} is asked anew under another key`;
  },
};
