import { z } from "zod";
import { duration, name } from "../base/shape.ts";
import { formatDuration, formatInZone, MINUTE } from "../base/time.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  channel: name.describe("a channel of the policy"),
  message: name.describe("a message of the policy; `{{zero}}` in it says T-0"),
  before: duration.describe("how long before the work people must have been told"),
});

/**
 * People are told, by Holdpoint itself, as soon as the phase opens; the hold stays until the channel has taken the message
 * and so much time has passed since. A message that was not taken is sent again until it is.
 */
export const notice = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "people are told so long before; sent when the phase opens, proven by the channel",
    examples: [{ channel: "customers", message: "maintenance", before: "48 h" }],
  }),
  say: ({ channel, before }) => `channel ${channel} was told ${formatDuration(before)} before`,
  ask: ({ channel, message }) => ({ ask: "announce", channel, message }),
  askAgain: (_, { outcome }) => (outcome === "done" ? null : MINUTE),
  judge({ channel, before }, { answer, answeredAt, now }, { zone, zero }): Verdict {
    if (answer === undefined || answeredAt === undefined)
      return { verdict: "pending", reason: `${channel} is being told` };
    if (answer.outcome !== "done") {
      return {
        verdict: "error",
        reason: `${channel} was not told: ${answer.reason}`,
        lift: [`make ${channel} reachable`, "`waive` with a reason"],
      };
    }
    const over = answeredAt + before;
    const evidence = { channel, sent: formatInZone(answeredAt, zone) };
    const told = `${channel} was told at ${evidence.sent}`;
    if (now >= over) {
      return { verdict: "pass", reason: `${told}, ${formatDuration(before)} before`, evidence };
    }
    const end = formatInZone(over, zone);
    const late = over > zero ? `, which is after T-0 at ${formatInZone(zero, zone)}` : "";
    return {
      verdict: "pending",
      reason: `${told}; ${formatDuration(before)} have passed at ${end}${late}`,
      evidence,
      until: over,
      lift: [`the clock, at ${end}`],
    };
  },
});
