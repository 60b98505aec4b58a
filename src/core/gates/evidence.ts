import { z } from "zod";
import { duration, name } from "../base/shape.ts";
import { formatDuration, formatInZone, MINUTE } from "../base/time.ts";
import { gate, type Proof, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  record: name.describe("what the record is of, such as a rollback drill or a restore test"),
  younger: duration.describe("how old the record may be"),
});

/**
 * A record that something was done, with who, when and where it can be seen. It is given to a release by the gate's owner
 * (`holdpoint prove`), and serves later releases too until it is too old: the newest of all counts.
 */
export const evidence = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "a record, younger than so long, shows that something was done",
    examples: [{ record: "rollback-drill", younger: "30 d" }],
  }),
  say: ({ record, younger }) => `a record of ${record}, younger than ${formatDuration(younger)}`,
  ask: ({ record }) => ({ ask: "record", record }),
  askAgain: () => MINUTE,
  judge({ record, younger }, { answer, proof, now }, { owner, zone }): Verdict {
    const newest = [proof, earlier(answer)]
      .filter((one) => one !== undefined && one !== null)
      .sort((a, b) => b.when - a.when)[0];
    const who = owner ?? "anyone in the roster";
    const lift = [`${who} adds a record with \`prove\``];
    if (newest === undefined) {
      const reason =
        answer === undefined
          ? `records of ${record} are being looked for`
          : `no record of ${record}`;
      return { verdict: "pending", reason, lift };
    }
    const shown = { by: newest.by, when: formatInZone(newest.when, zone), link: newest.link };
    const said = `${record} of ${shown.when} by ${newest.by}, ${newest.link}`;
    const until = newest.when + younger;
    if (now < until) return { verdict: "pass", reason: said, evidence: shown, until };
    const old = `${said}, is older than ${formatDuration(younger)}`;
    return { verdict: "pending", reason: old, evidence: shown, lift };
  },
});

/** The record of an earlier release that the store was found to have. */
function earlier(answer: Parameters<typeof evidence.judge>[1]["answer"]): Proof | null {
  if (answer?.outcome !== "done") return null;
  const { by, when, link } = answer.facts;
  if (typeof by !== "string" || typeof when !== "number" || typeof link !== "string") return null;
  return { by, when, link };
}
