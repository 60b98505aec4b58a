import { listed, quoted } from "../../base/words.ts";
import { unsignedBy } from "../../gates/in-force.ts";
import type { Rule } from "../finding.ts";

/** Whoever holds releases until the policy is in force says from when it is, and has it signed. */
export const inForce: Rule = (policy) => {
  const waiting = Object.keys(policy.gates).filter(
    (gate) => policy.gates[gate]?.["in-force"] !== undefined,
  );
  if (waiting.length === 0) return [];
  if (policy.document === undefined)
    return waiting.map((gate) => ({
      severity: "error",
      path: ["gates", gate],
      sentence: `${quoted(gate)} waits until the policy is in force, and nothing says when that is, so it can never pass`,
      remedy: "Say it under `document`: `effective`, `review`, and who signs",
    }));
  const unsigned = unsignedBy(policy);
  if (unsigned.length === 0) return [];
  return [
    {
      severity: "warning",
      path: ["document", "signed"],
      sentence: `the policy is not signed by ${listed(unsigned)} yet, and ${listed(waiting.map(quoted))} holds every release until it is`,
      remedy: "Have it signed by someone of each role that approves it",
    },
  ];
};
