// What the public may see, as a policy says it. What is not declared here never leaves the house: neither reasons nor
// names of people, releases, environments or versions.
import { z } from "zod";
import { duration, line, name } from "../base/shape.ts";
import { DAY, MINUTE } from "../base/time.ts";

const names = z.array(name).max(100);

const area = z.strictObject({
  title: line.max(100).meta({
    description: "what the public calls it",
    examples: ["Online shop"],
  }),
  environment: name.meta({
    description: "the environment behind it",
    examples: ["production"],
  }),
  about: line.optional().meta({
    description: "one sentence below its name",
    examples: ["Browsing, checkout and payment."],
  }),
});

const planned = z.strictObject({
  types: names.default([]).meta({
    description: "release types that are announced before they begin, as maintenance",
    examples: [["maintenance"]],
  }),
  windows: names.default([]).meta({
    description: "windows that are maintenance by themselves, with or without a release",
    examples: [["second-sunday"]],
  }),
  ahead: duration.default(14 * DAY).describe("how long before it begins it is shown"),
});

const incidents = z.strictObject({
  roles: names.default([]).meta({
    description: "who may open, update and resolve incidents by hand; nobody where it is left out",
    examples: [["incident-commander"]],
  }),
  automatic: z
    .boolean()
    .default(true)
    .describe(
      "whether a rollback by itself, a release that stops half-way and a burning error budget open one",
    ),
});

const longest = 15 * MINUTE;

export const statusPageShape = z
  .strictObject({
    title: line.max(100).meta({
      description: "above the page and the feed",
      examples: ["Shop status"],
    }),
    about: line.optional().meta({
      description: "one sentence below it",
      examples: ["How our services are, and what is being done to them."],
    }),
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .regex(
        /^[^?#@\\]*\/$/,
        "the address of a folder: it ends with / and has no user, query or fragment",
      )
      .meta({
        description:
          "where the public finds the page; names in the feed are made with it, so keep it",
        examples: ["https://status.example.test/"],
      }),
    areas: z
      .record(name, area)
      .refine((areas) => Object.keys(areas).length > 0, "at least one area")
      .meta({
        description:
          "what the page shows, in order; an environment behind none of them is not shown",
        examples: [{ shop: { title: "Online shop", environment: "production" } }],
      }),
    every: duration
      .default(longest)
      .refine((every) => every >= MINUTE, "at least 1 min")
      .describe("longest time without an update while a release works on an area"),
    history: duration.default(90 * DAY).describe("how long what is over stays on the page"),
    versions: z.boolean().default(false).describe("whether version numbers are shown"),
    maintenance: planned.prefault({}).describe("what is announced as maintenance"),
    incidents: incidents.prefault({}).describe("who may tell of incidents"),
  })
  .meta({
    examples: [
      {
        title: "Shop status",
        url: "https://status.example.test/",
        areas: { shop: { title: "Online shop", environment: "production" } },
      },
    ],
  });

export type StatusPagePolicy = z.output<typeof statusPageShape>;
