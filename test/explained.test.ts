// The five policies as release documents: what their documents say can be read in what is made from them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { explained } from "#core/reports/explain/explain.ts";
import { policyOf } from "./days/day.ts";

const NOW = Date.UTC(2026, 1, 2, 12);

const FACTS: Readonly<Record<string, readonly RegExp[]>> = {
  "mortgagematch-pro": [
    /\*\*minor\*\* \|.*every other Friday at 10:00, for 4 h/,
    /verified 5 min after the decision, a complex one after 10 min/,
    /ordered by engineering-lead or on-call, with a reason/,
    /\| Fri 2026-02-06 10:00 \|.*minor: window minor-friday \| Not for minor: the day belongs to .*major-friday/,
    /\*\*maintenance-told\*\*: channel customers was told 2 d before/,
  ],
  "dirt-free-crm": [
    /every other Tuesday and Wednesday at 09:00, for 6 h/,
    /out: production has passed within 4 h of the planning; later is told\./,
    /verified 40 min after the decision, a complex one after 1 h 10 min/,
    /\*\*customers-told\*\* \| customers \| 1 d \|/,
    /More than 20 % of its requests fail, over 30 s/,
  ],
  "agentmesh-cloud": [
    /\*\*hotfix\*\* \| the fix of an incident, at any hour \| patch \| at any time/,
    /\| 4 min 15 s \|/,
    /`lead@example\.test` \| release-lead \| 2025-12-15/,
  ],
  swipesavvy: [
    /In force from 2026-01-19, to be reviewed by 2027-01-19/,
    /\| `cto@example\.test` \| cto \| 2026-10-19 \|/,
    /on the third Friday of January, April, July and October, every year at 06:00, for 6 h/,
    /\| T-32 d \| \*\*major-planning\*\* \|/,
    /\*\*at-most-two\*\*: at most 2 releases of the type in one week/,
    /\*\*rollback-rehearsed\*\*: a record of rollback-drill, younger than 8 d/,
    /\| Fri 2026-04-17 06:00 \| Fri 2026-04-17 12:00 \| major: window major-friday \|/,
  ],
  "asset-anchor": [
    /every other Wednesday at 10:00, for 4 h/,
    /It is planned at least 28 d before T-0\./,
    /\| The full regression has run \| 1 d \| qa-lead \| minor and major \|/,
    /\| T-2 weeks \| \*\*planning\*\* \|/,
    /Business-hours is advised for T-0\./,
  ],
};

for (const [name, facts] of Object.entries(FACTS)) {
  const policy = await policyOf(name);
  const told = explained(policy, name === "swipesavvy" ? Date.UTC(2026, 2, 2) : NOW);
  test(`${name} is told with the facts of its release document`, () => {
    for (const fact of facts) assert.match(told, fact);
  });
  test(`${name} is told whole: every type, phase, gate, role, environment, window, freeze and channel`, () => {
    const { types, phases, gates, roles, environments, channels, calendar } = policy;
    const all = [types, phases, gates, roles, environments, channels];
    for (const what of [...all, calendar.windows, calendar.freezes].flatMap(Object.keys))
      assert.ok(told.includes(`**${what}**`), what);
    for (const person of Object.values(policy.roles).flat())
      assert.ok(told.includes(person), person);
    for (const items of Object.values(policy.gates).map(({ checklist }) => checklist?.items ?? {}))
      assert.ok((told.match(/☐/g) ?? []).length >= Object.keys(items).length);
  });
}
