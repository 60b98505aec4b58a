import type { Verb } from "../verb.ts";

/** What the public is told. */
export const PUBLIC_VERBS: readonly Verb[] = [
  {
    name: "incident",
    args: "<action> [incident]",
    summary:
      "list, open, update INCIDENT, resolve INCIDENT: what the status page tells of incidents",
    about:
      "The policy says who may (`status-page.incidents.roles`); the words are public, and journalled as they are.",
    options: [
      { flags: "--title <text>", about: "of `open`: its name on the page" },
      { flags: "--say <text>", about: "what the public reads" },
      { flags: "--areas <names>", about: "areas of the page, with commas; left out: all" },
      { flags: "--impact <impact>", about: "none, degraded, partial-outage, major-outage" },
      { flags: "--stage <stage>", about: "investigating, identified, monitoring" },
    ],
    examples: [
      'holdpoint incident open --title "Checkout is slow" --say "We are looking into it."',
      'holdpoint incident update incident-1 --stage identified --say "A cache is full."',
      'holdpoint incident resolve incident-1 --say "All is well again."',
    ],
    load: () => import("../verbs/incident.ts"),
  },
];
