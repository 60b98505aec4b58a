import type { Answer } from "#core/gates/gate.ts";
import { factsOf } from "#core/release/outbox.ts";
import type { Release } from "#core/release/state.ts";
import type { Outside } from "./outside.ts";

/** Sends one message of the policy to one of its channels, filled with facts of the release. */
export async function announce(
  outside: Outside,
  ask: {
    readonly key: string;
    readonly channel: string;
    readonly message: string;
    readonly facts?: Readonly<Record<string, string>>;
    readonly release: Release;
  },
): Promise<Answer> {
  const { terms } = ask.release.plan;
  const template = terms.messages[ask.message];
  if (template === undefined)
    return { outcome: "failed", reason: `the policy has no message ${ask.message}` };
  const channel = outside.channel(ask.channel, terms);
  const said = { at: outside.clock(), by: "holdpoint", reason: "" };
  return await channel.send(ask.key, {
    ...template,
    facts: ask.facts ?? factsOf(ask.release, said),
  });
}
