// How the world does what is wanted of it: how long that takes, and what goes wrong.
import { HOUR, MINUTE, type Millis, SECOND } from "../../base/time.ts";
import type { Evidence } from "../../gates/gate.ts";
import type { Intent } from "../../release/next.ts";
import type { Chance } from "../chance.ts";
import type { Fault } from "./faults.ts";
import type { Luck } from "./outside.ts";

const WELL: Luck = { took: true, answer: null };
/** How often a fault that the life has strikes, of the times when it could. */
const OFTEN = 0.2;

const bad = (took: boolean, reason: string): Luck => ({
  took,
  answer: { outcome: "failed", reason },
});

type Strikes = (fault: Fault, share?: number) => boolean;

/** What befalls one piece of work. */
export function luckOf({ id, wanted }: Intent, faults: ReadonlySet<Fault>, chance: Chance): Luck {
  if (faults.size === 0) return WELL;
  const strikes: Strikes = (fault, share = OFTEN) => faults.has(fault) && chance.is(share);
  switch (wanted.ask) {
    case "look":
    case "measure":
      return strikes("no samples", 0.4) ? bad(true, "the traffic cannot be seen") : WELL;
    case "claim":
    case "free":
    case "place":
    case "free-place":
      return WELL;
    case "tell":
      return strikes("step fails") ? bad(false, "nobody listens") : WELL;
    default:
      if (id.includes("/rollback/")) return strikes("undo fails", 0.4) ? unlucky(chance) : WELL;
      return luckOfCheck(wanted, strikes) ?? luckOfStep(strikes, chance);
  }
}

/** A gate's question that finds something amiss; null where it is none. */
function luckOfCheck(wanted: Intent["wanted"], strikes: Strikes): Luck | null {
  const isCheck = wanted.ask === "command" && wanted.argv[0] === "check";
  const amiss = AMISS[isCheck ? "check" : wanted.ask];
  if (amiss === undefined) return null;
  return strikes("checks fail", 0.5)
    ? { took: true, answer: { outcome: "done", facts: amiss } }
    : WELL;
}

const AMISS: { readonly [ask: string]: Evidence | undefined } = {
  check: { exit: 0, failures: 3 },
  debts: { overdue: 1, what: "all tests" },
  documents: { missing: 1, asked: 1, names: "guide" },
};

function luckOfStep(strikes: Strikes, chance: Chance): Luck {
  if (strikes("step fails")) return unlucky(chance);
  if (strikes("step times out")) return bad(chance.is(0.5), "it took too long and was ended");
  if (!strikes("in doubt")) return WELL;
  return {
    took: chance.is(0.5),
    answer: { outcome: "unknown", reason: "the connection was lost" },
  };
}

function unlucky(chance: Chance): Luck {
  const took = chance.is(0.4);
  return chance.is(0.5)
    ? bad(took, "it broke")
    : { took, answer: { outcome: "done", facts: { exit: 1, output: "it broke" } } };
}

/** How long it takes until the answer is there; never longer than the step's bound, but for answers that are late. */
export function takesOf({ wanted }: Intent, faults: ReadonlySet<Fault>, chance: Chance): Millis {
  if (faults.has("answer late") && chance.is(OFTEN)) return MINUTE + chance.upTo(HOUR);
  if (wanted.ask === "command" || wanted.ask === "deploy") return SECOND + chance.upTo(20 * SECOND);
  return 100 + chance.upTo(2 * SECOND);
}
