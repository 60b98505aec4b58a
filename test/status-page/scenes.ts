// Pages as teams have them: folded by the core from lives that the engine has lived, on a quiet day and on a bad one.
import { digestText } from "#core/base/digest.ts";
import { DAY, HOUR, type Instant, MINUTE } from "#core/base/time.ts";
import {
  evolveIncidents,
  type IncidentEvent,
  type Incidents,
  NO_INCIDENTS,
} from "#core/incidents/incident.ts";
import type { Policy } from "#core/policy/policy.ts";
import { DONE, OPS, type Story, story, wellAt } from "#core/release/given.fake.ts";
import { atomFeed } from "#core/status-page/atom.ts";
import { pagePlan, pagePolicy, toldOf } from "#core/status-page/given.fake.ts";
import { htmlPage } from "#core/status-page/html.ts";
import { type Known, statusPage } from "#core/status-page/model.ts";

/** A Saturday morning, the day before maintenance. */
export const NOW: Instant = Date.parse("2026-11-21T07:42Z");

const policy: Policy = pagePolicy({
  areas: {
    shop: {
      title: "Online shop",
      environment: "production",
      about: "Browsing, checkout and payment.",
    },
    api: { title: "Partner API", environment: "production" },
    lab: {
      title: "Try-out shop",
      environment: "staging",
      about: "Next week's shop, for the curious.",
    },
  },
  about: "How our services are, and what is being done to them.",
  maintenance: { types: ["maintenance"], windows: ["sunday"], ahead: "3 d" },
});

function files(known: Omit<Known, "now">, of = policy): Readonly<Record<string, string>> {
  const now = NOW;
  const page = statusPage(of, { ...known, now });
  if (page === null) throw new Error("the policy has a page");
  return { "index.html": htmlPage(page, now), "feed.atom": atomFeed(page) };
}

/** A release that has begun so long ago, with all that was answered well since. */
function life(ago: number, minutes: number, name: string): Story {
  const from = NOW - ago;
  const lived = story(pagePlan({ release: name, plannedAt: from, at: from }), from);
  lived.until("production/2-shift/1/2");
  lived.answer(DONE, "production/2-shift");
  for (let at = 0; at < minutes; at += 1) {
    lived.pass(MINUTE);
    if (lived.wanted().some((key) => key.startsWith("look")))
      lived.answer(wellAt(lived.now()), "look");
  }
  return lived;
}

function toEnd(lived: Story): Story {
  for (let tries = 0; tries < 900 && lived.release().stand.at !== "ended"; tries += 1)
    if (lived.wanted().length > 0) lived.answer(DONE);
    else lived.pass(MINUTE);
  return lived;
}

function incidents(...events: readonly (IncidentEvent & { readonly ago: number })[]): Incidents {
  return events.reduce<Incidents>((state, { ago, ...event }, at) => {
    const hash = digestText(`${at}`);
    return evolveIncidents(state, { at: NOW - ago, by: OPS, hash, event: event as IncidentEvent });
  }, NO_INCIDENTS);
}

/** Nothing is wrong, nothing is under way. */
export function quiet(): Readonly<Record<string, string>> {
  return files({ releases: [], incidents: NO_INCIDENTS }, pagePolicy());
}

/** An incident, an update under way, maintenance to come, and some that is over. */
export function busy(): Readonly<Record<string, string>> {
  const back = life(2 * DAY + 3 * HOUR, 4, "sample-1.0.0");
  back.ask({ ask: "rollback", by: OPS, reason: "nobody may read this" });
  const releases = [
    life(38 * MINUTE, 33, "sample-1.0.2"),
    toEnd(life(DAY + 5 * HOUR, 125, "sample-1.0.1")),
    toEnd(back),
  ].map((lived) => toldOf(lived, policy));
  const slow = { incident: "incident-1", impact: "degraded" } as const;
  const told = incidents(
    {
      ...{ ...slow, ago: 52 * MINUTE, type: "IncidentOpened", title: "Payments are slow" },
      ...{ areas: ["shop", "api"], stage: "investigating", cause: null },
      said: "Some payments take longer than a minute. Nothing is lost: what was begun comes to its end.",
    },
    {
      ...{ ...slow, ago: 21 * MINUTE, type: "IncidentUpdated", stage: "identified" },
      said: "Our payment partner answers slowly.\n\nOrders that you place now are kept, and paid as soon as it answers again.",
    },
    {
      ...{ incident: "incident-2", impact: "major-outage", ago: 9 * DAY, type: "IncidentOpened" },
      ...{
        title: "The shop does not answer",
        areas: ["shop"],
        stage: "investigating",
        cause: null,
      },
      said: "We are looking into it.",
    },
    {
      ...{ incident: "incident-2", ago: 9 * DAY - 34 * MINUTE, type: "IncidentResolved" },
      said: "A certificate had run out. It is renewed, and now renews itself.",
    },
  );
  return files({ releases, incidents: told });
}

/** All that can be wrong at once, in words as long as they may be. */
export function worst(): Readonly<Record<string, string>> {
  const told = incidents(
    {
      ...{
        incident: "incident-1",
        impact: "major-outage",
        ago: 3 * MINUTE,
        type: "IncidentOpened",
      },
      ...{ areas: ["shop"], stage: "investigating", cause: null },
      title: `Nothing works <img src=x onerror=alert(1)> ${"W".repeat(60)}`,
      said: `https://status.example.test/${"a".repeat(300)} "quoted" & 'more'`,
    },
    {
      ...{
        incident: "incident-2",
        impact: "partial-outage",
        ago: 2 * MINUTE,
        type: "IncidentOpened",
      },
      ...{ areas: ["api"], stage: "monitoring", cause: null },
      ...{ title: "Half of the calls fail", said: "We watch it." },
    },
  );
  return files({ releases: [], incidents: told });
}
