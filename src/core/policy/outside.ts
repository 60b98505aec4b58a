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
  measure: argv.describe("prints the reading as JSON"),
  probe: argv.describe(
    "gets HOLDPOINT_OF (canary or stable) and HOLDPOINT_PATHS, with spaces between",
  ),
  env: commandFields.env,
  timeout: duration
    .default(10 * MINUTE)
    .describe("longest time one of them may take; `deploy` has that of its step"),
});

export const platformShapes = {
  local: {
    shape: local.meta({
      description: "processes of this machine, behind a router of Holdpoint's own",
      examples: [{ port: 8080 }],
    }),
  },
  command: {
    shape: command.meta({
      description: "your own scripts, one for each thing a platform must be able to do",
      examples: [
        {
          deploy: ["scripts/platform.sh", "deploy"],
          weigh: ["scripts/platform.sh", "weigh"],
          retire: ["scripts/platform.sh", "retire"],
          promote: ["scripts/platform.sh", "promote"],
          measure: ["scripts/platform.sh", "measure"],
          probe: ["scripts/platform.sh", "probe"],
        },
      ],
    }),
  },
};

const query = z.string().min(1).max(4000);
const queries = z
  .strictObject({
    requests: query.meta({
      description: "PromQL that selects a counter of requests",
      examples: ['http_requests_total{version="{{version}}"}'],
    }),
    errors: query.optional().meta({
      description: "of requests that failed",
      examples: ['http_requests_total{version="{{version}}",code=~"5.."}'],
    }),
    latency: query.optional().meta({
      description: "of a histogram's buckets, with their label le",
      examples: ['http_request_duration_seconds_bucket{version="{{version}}"}'],
    }),
    unit: z.enum(["s", "ms"]).default("s").describe("what the bounds of its buckets are in"),
    "database-calls": query.optional().meta({
      description: "of calls to the database",
      examples: ['db_calls_total{version="{{version}}"}'],
    }),
    "database-errors": query.optional().meta({
      description: "of those that failed",
      examples: ['db_errors_total{version="{{version}}"}'],
    }),
    "cache-hits": query.optional().meta({
      description: "of requests that were answered from a cache",
      examples: ['cache_hits_total{version="{{version}}"}'],
    }),
    cpu: query.optional().meta({
      description: "of load in per cent; the highest series counts",
      examples: ['cpu_percent{version="{{version}}"}'],
    }),
    memory: query.optional().meta({
      description: "the same of memory",
      examples: ['memory_percent{version="{{version}}"}'],
    }),
  })
  .meta({ examples: [{ requests: 'http_requests_total{version="{{version}}"}' }] });

const prometheus = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe("address of the server"),
  token: line.optional().meta({
    description: "file that holds a bearer token",
    examples: ["/run/secrets/prometheus"],
  }),
  timeout: duration.default(5 * SECOND).describe("longest time for an answer"),
  canary: queries.describe(
    "queries of the new version; {{version}}, {{previous}}, {{release}}, {{commit}}, {{environment}}",
  ),
  baseline: queries.describe("queries of the stable version"),
});

const push = z.strictObject({
  within: duration.default(30 * SECOND).describe("how old the latest push may be"),
});

/** Where the counts of an environment come from, when not from its platform. */
export const sampleShapes = {
  prometheus: {
    shape: prometheus.meta({
      description: "a Prometheus server",
      examples: [
        {
          url: "http://127.0.0.1:9090",
          canary: { requests: 'http_requests_total{version="{{version}}"}' },
          baseline: { requests: 'http_requests_total{version="{{previous}}"}' },
        },
      ],
    }),
  },
  push: {
    shape: push.meta({
      description: "programs of yours that push them to the API",
      examples: [{}],
    }),
  },
};

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe("where messages are posted to"),
  secret: line.optional().meta({
    description: "file that holds the signing secret (standard webhooks)",
    examples: ["/run/secrets/slack"],
  }),
});

export const channelShapes = {
  console: {
    shape: z
      .strictObject({})
      .meta({ description: "the terminal that Holdpoint runs in", examples: [{}] }),
  },
  file: {
    shape: z
      .strictObject({ path: line.describe("where the file lies; messages are added at its end") })
      .meta({ description: "a text file", examples: [{ path: "announcements.md" }] }),
  },
  webhook: {
    shape: webhook.meta({
      description: "an address that messages are posted to, such as Slack's",
      examples: [{ url: "https://hooks.example.test/releases" }],
    }),
  },
};

const github = z.strictObject({
  repository: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, "owner/name")
    .meta({ description: "the repository there", examples: ["example/shop"] }),
  token: z
    .strictObject({
      env: z
        .string()
        .regex(/^[A-Z_][A-Z0-9_]*$/, "the name of an environment variable")
        .optional()
        .meta({ description: "the variable that holds it", examples: ["GITHUB_TOKEN"] }),
      file: line.optional().meta({
        description: "the file that holds it",
        examples: ["/run/secrets/github"],
      }),
    })
    .refine(
      ({ env, file }) => (env === undefined) !== (file === undefined),
      "either `env` or `file`",
    )
    .describe("where the token is found; itself it stands in no policy"),
  api: z
    .url({ protocol: /^https?$/ })
    .default("https://api.github.com")
    .describe("the address of its API, for a server of your own"),
});

export const forgeShapes = {
  github: {
    shape: github.meta({
      description: "GitHub, or a GitHub Enterprise Server",
      examples: [{ repository: "example/shop", token: { env: "GITHUB_TOKEN" } }],
    }),
  },
};

export type GithubForge = z.infer<typeof github>;
export type PlatformKind = keyof typeof platformShapes;
export type ChannelKind = keyof typeof channelShapes;
export type LocalPlatform = z.infer<typeof local>;
export type CommandPlatform = z.infer<typeof command>;
export type PrometheusSamples = z.infer<typeof prometheus>;
export type PrometheusQueries = z.infer<typeof queries>;
export type PushSamples = z.infer<typeof push>;
export type WebhookChannel = z.infer<typeof webhook>;
