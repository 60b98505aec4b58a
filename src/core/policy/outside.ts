// The kinds of platforms and channels a policy can name. How each is reached is an adapter's affair
// (src/adapters/platform, src/adapters/channel): one file there, one line here.
import { z } from "zod";
import { commandFields } from "../base/command.ts";
import { argv, duration, line } from "../base/shape.ts";
import { MINUTE, SECOND } from "../base/time.ts";

/** Services as processes of this machine that outlive Holdpoint, behind a router process of Holdpoint's own. */
const local = z.strictObject({
  port: z
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(0)
    .describe("where the first service is reached, each further one at the next port; 0: any"),
  drain: duration
    .default(5 * SECOND)
    .describe("time for requests under way before a version is stopped"),
});

/** The team's own scripts, one for each thing a platform must be able to do. */
const command = z.strictObject({
  deploy: argv.describe("starts the new version without traffic"),
  weigh: argv.describe("gets the share of the new version in HOLDPOINT_CANARY, in basis points"),
  retire: argv.describe("stops the new version"),
  promote: argv.describe("makes the new version the stable one"),
  measure: argv.describe("prints the sample as JSON"),
  probe: argv.describe(
    "gets HOLDPOINT_OF (canary or stable) and HOLDPOINT_PATHS, with spaces between",
  ),
  env: commandFields.env,
  timeout: duration.default(10 * MINUTE),
});

export const platformShapes = { local: { shape: local }, command: { shape: command } };

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  secret: line.optional().describe("file that holds the signing secret (standard webhooks)"),
});

export const channelShapes = {
  console: { shape: z.strictObject({}) },
  file: { shape: z.strictObject({ path: line }) },
  webhook: { shape: webhook },
};

export type PlatformKind = keyof typeof platformShapes;
export type ChannelKind = keyof typeof channelShapes;
export type LocalPlatform = z.infer<typeof local>;
export type CommandPlatform = z.infer<typeof command>;
export type WebhookChannel = z.infer<typeof webhook>;
