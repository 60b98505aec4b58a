import { resolve } from "node:path";
import type { Policy } from "#core/policy/policy.ts";
import { configOf, need } from "./at-hand.ts";
import type { Call } from "./verb.ts";

/** The policy of a file argument, else the configured one; what keeps it from being sound goes up to main.ts. */
export async function soundPolicy(call: Call, argument = "file"): Promise<Policy> {
  const named = call.args[argument];
  const { joins, around } = call.world;
  const file = named === undefined ? configOf(call).policyFile : resolve(around.cwd, named);
  return need(await joins.policy(file));
}
