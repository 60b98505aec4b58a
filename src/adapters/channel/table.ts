import { resolve } from "node:path";
import type { Channel } from "#app/ports/outside.ts";
import type { Instant } from "#core/base/time.ts";
import { type ChannelKind, channelShapes, type WebhookChannel } from "#core/policy/outside.ts";
import type { Policy } from "#core/policy/policy.ts";
import { consoleChannel } from "./console.ts";
import { fileChannel } from "./file.ts";
import { webhookChannel } from "./webhook.ts";

export interface ChannelSurroundings {
  /** Top of the team's repository: relative paths of the policy count from there. */
  readonly root: string;
  readonly clock: () => Instant;
  /** Where the console's lines go. */
  readonly write: (text: string) => void;
}

type Open<Config> = (config: Config, around: ChannelSurroundings) => Channel;

/** One line per kind of the policy. */
const CHANNELS: {
  readonly console: Open<unknown>;
  readonly file: Open<{ readonly path: string }>;
  readonly webhook: Open<WebhookChannel>;
} = {
  console: (_, { write }) => consoleChannel(write),
  file: ({ path }, { root }) => fileChannel(resolve(root, path)),
  webhook: ({ url, secret }, { root, clock }) =>
    webhookChannel({ url, clock, secretFile: secret === undefined ? null : resolve(root, secret) }),
};

/** Opens a channel of a sound policy. Open each once and keep it: a file channel keeps its own order. */
export function openChannel(
  text: Policy["channels"][string],
  around: ChannelSurroundings,
): Channel {
  const kind = (Object.keys(channelShapes) as ChannelKind[]).find((one) => text[one] !== undefined);
  if (kind === undefined) throw new Error("the policy was not checked: a channel has no kind");
  return (CHANNELS[kind] as Open<unknown>)(text[kind], around);
}
