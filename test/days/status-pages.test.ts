// What the public reads while releases of these policies go out: on the virtual clock, from planning to the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "#core/base/digest.ts";
import { DAY, HOUR, type Instant, MINUTE } from "#core/base/time.ts";
import { NO_INCIDENTS } from "#core/incidents/incident.ts";
import type { Policy } from "#core/policy/policy.ts";
import { shownBy } from "#core/release/public.ts";
import { type StatusPage, statusPage } from "#core/status-page/model.ts";
import { type ToldRelease, tellOn } from "#core/status-page/told-release.ts";
import { clock, policyOf, type Story } from "./day.ts";
import { dayOf } from "./questions.ts";

/** What the public was told of a release up to a moment. */
function toldBy(policy: Policy, { happened }: Story, now: Instant): ToldRelease {
  const page = policy["status-page"];
  assert.ok(page);
  let told: ToldRelease | null = null;
  for (const [at, one] of happened.entries())
    if (one.at <= now) told = tellOn(told, { ...one, hash: digestOf(at) }, shownBy(page));
  assert.ok(told);
  return told;
}

function pageAt(policy: Policy, day: Story, now: Instant): StatusPage {
  const page = statusPage(policy, {
    releases: [toldBy(policy, day, now)],
    incidents: NO_INCIDENTS,
    now,
  });
  assert.ok(page);
  return page;
}

const DAYS = {
  "AM-13": {
    system: "agentmesh-cloud",
    type: "minor",
    begin: "2026-02-03T09:00",
    zero: "2026-02-05T02:00",
  },
  "DF-35": {
    system: "dirt-free-crm",
    type: "standard",
    begin: "2026-01-23T09:00",
    zero: "2026-01-27T10:00",
  },
  "MM-27": {
    system: "mortgagematch-pro",
    type: "patch",
    begin: "2026-02-03T10:00",
    zero: "2026-02-03T10:00",
  },
  "SS-13 SS-18 SS-28": {
    system: "swipesavvy",
    type: "minor",
    begin: "2026-01-20T09:00",
    zero: "2026-02-05T14:00",
  },
};

for (const [clauses, { system, type, begin, zero }] of Object.entries(DAYS)) {
  const policy = await policyOf(system);
  const at = clock(policy.zone);
  const day = dayOf(policy, { type, begin: at(begin), zero: at(zero) });

  test(`${clauses}: the status page follows ${system} from its first step in production to its end, every 15 minutes at least`, () => {
    assert.equal(day.end, "stable");
    const ended = day.the("ReleaseEnded").at;
    const phases = day.plan.phases.filter(({ environment }) => environment === "production");
    const steps = phases.flatMap((phase) => phase.steps.map(({ id }) => id));
    const started = day.happened.find(
      ({ event }) => event.type === "StepStarted" && steps.includes(event.step),
    )?.at;
    assert.ok(started !== undefined);
    assert.deepEqual(pageAt(policy, day, started - 1).underWay, []);
    for (let now = started; now < ended; now += 5 * MINUTE) {
      const [shown] = pageAt(policy, day, now).underWay;
      assert.ok(shown, `${(now - started) / MINUTE} min`);
      assert.ok(
        now - (shown.updates[0]?.at ?? 0) <= 15 * MINUTE,
        `${(now - started) / MINUTE} min`,
      );
      if (now - started > 4 * HOUR) now += HOUR;
    }
    const [over] = pageAt(policy, day, ended).past;
    assert.deepEqual([over?.updates[0]?.label, over?.updates.at(-1)?.label], ["Done", "Begun"]);
  });
}

test("MM-29: maintenance stands on the page from its planning on, with the two hours of its Sunday", async () => {
  const policy = await policyOf("mortgagematch-pro");
  const at = clock(policy.zone);
  const zero = at("2026-02-08T06:00");
  const day = dayOf(policy, { type: "maintenance", begin: at("2026-02-02T09:00"), zero });
  const [shown] = pageAt(policy, day, zero - 2 * DAY).planned;
  assert.deepEqual(shown?.span, { from: zero, to: zero + 2 * HOUR });
  const during = pageAt(policy, day, day.released("production") + MINUTE);
  assert.equal(during.condition, "maintenance");
  assert.equal(pageAt(policy, day, day.the("ReleaseEnded").at).condition, "operational");
});
