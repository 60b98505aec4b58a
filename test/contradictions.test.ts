// What the five release documents contradict themselves in is found in them as they are written, each by its rule and at
// its place, with a reading beside it; and nothing of it is found in the policies that read them.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { soundness } from "#core/policy/soundness.ts";
import { contradictionsIn } from "#policy-file/findings/page.ts";
import { readPolicy } from "#policy-file/read.ts";

const folder = join(fileURLToPath(import.meta.resolve("..")), "policies");
const textOf = (system: string, file: string) => readFileSync(join(folder, system, file), "utf8");
const systems = globSync("*/as-written.yaml", { cwd: folder }).map(
  (path) => path.split("/")[0] ?? "",
);
const found = new Map(
  systems.map((system) => {
    const written = textOf(system, "as-written.yaml");
    const policy = textOf(system, "holdpoint.yaml");
    return [system, contradictionsIn({ written, policy })] as const;
  }),
);

/** By document: what it contradicts itself in, the rule that finds it, where, and what its case says. */
const CONTRADICTIONS: Readonly<
  Record<string, readonly (readonly [title: string, rule: string, where: string, shows: RegExp])[]>
> = {
  "dirt-free-crm": [
    [
      "DF-37: production steps add up to 65 minutes, less than 60 are promised",
      "targets",
      "targets.deployment.within",
      /1 h 5 min in all/,
    ],
    [
      "DF-21 DF-37: with the monitoring they add up to 95 minutes",
      "targets",
      "targets.deployment-watched.within",
      /monitoring 30 min: 1 h 35 min in all/,
    ],
    [
      "DF-04 DF-24: the boxes of a hotfix add up to six hours, four are promised",
      "targets",
      "targets.hotfix.within",
      /hotfix-development 4 h, .*6 h/,
    ],
    [
      "DF-26 DF-28: an immediate rollback adds up to 90 minutes",
      "rollback-time",
      "rollback.target",
      /decision 20 min, .*run 30 min, smoke 15 min/,
    ],
    [
      "DF-11 DF-25: a hotfix must be validated in staging, which deploys only main",
      "branches",
      "types.hotfix.phases[2]",
      /`hotfix\/x` never gets past/,
    ],
    [
      "DF-25 DF-31: a hotfix is tagged hotfix-v in one place and production-v in another",
      "tag-statement",
      "types.hotfix.tag",
      /production-v1\.2\.3.*hotfix-v1\.2\.3/,
    ],
  ],
  swipesavvy: [
    [
      "SS-03 SS-04: minors ship on Thursdays, and on the Wednesday of week two",
      "never-open",
      "gates.on-wednesday.window",
      /on Thu 202\d-\d\d-\d\d 14:00 UTC `thursday` opens, .* on Wed 202\d/,
    ],
    [
      "SS-04 SS-15: staging is at T+30 and at T+45",
      "due",
      "phases.staging.due",
      /due at .* 14:30 and opens at .* 14:45/,
    ],
    [
      "SS-01 SS-10: patches ship within 24 hours of the merge, under a list of 72 hours",
      "targets",
      "targets.patch.within",
      /3 d 1 h in all/,
    ],
    [
      "SS-01 SS-16: a patch needs one approver, and the pipeline two",
      "decided-by",
      "types.patch.decided-by",
      /2 of approver/,
    ],
    [
      "SS-07 SS-16: a hotfix needs one approver, and the pipeline two",
      "decided-by",
      "types.hotfix.decided-by",
      /2 of approver/,
    ],
    [
      "SS-21: blue/green is for majors, and its example is a minor",
      "only",
      "types.blue-green.phases[2]",
      /carries a minor bump/,
    ],
    [
      "SS-16 SS-20: containers come before migrations, which must run before them",
      "order",
      "types.patch.phases[9]",
      /^$/,
    ],
  ],
  "agentmesh-cloud": [
    [
      "AM-03 AM-06: merging triggers production, and production is manual after the merge",
      "promotion",
      "types.automatic.starts",
      /waits for .*`manual-approval`/,
    ],
    [
      "AM-08: the line that rolls the code back is no documented command",
      "undo-commands",
      "environments.production.command.retire",
      /deploys, or refuses/,
    ],
    [
      "AM-09: the first line for the database only edits the history of a failed migration",
      "undo-commands",
      "phases.production.steps[0].migrate.undo",
      /still there/,
    ],
  ],
  "asset-anchor": [
    [
      "AA-04: 1.2.2-hotfix.1 sorts below 1.2.2 and falls outside ^1.2.0",
      "version-order",
      "types.hotfix.tag",
      /`1\.2\.2-hotfix\.1` sorts below `1\.2\.2`, and outside of `\^1\.2\.0`/,
    ],
    [
      "AA-05: 10:00 EST is an hour off while daylight saving runs",
      "zones",
      "calendar.windows.every-other-wednesday.zone",
      /Wed 2026-07-01 10:00 EST is Wed 2026-07-01 11:00 America\/New_York/,
    ],
    [
      "AA-16: both tiers are deployed by one push, so their order cannot hold",
      "one-push",
      "phases.frontend.steps[0].run",
      /sets both going/,
    ],
    [
      "AA-18: the deterministic hash of flags is salted per process",
      "flag-hash",
      "flags.hash",
      /PYTHONHASHSEED/,
    ],
    ["AA-27 AA-29: approvals have no retention class", "retention", "retention", /thrown away/],
  ],
  "mortgagematch-pro": [
    [
      "MM-28: minors every second Friday and majors on the first Friday, without precedence",
      "collisions",
      "types.major.cadence",
      /`first-friday` opens on Fri 2026-02-06 .*`every-second-friday` opens on Fri 2026-02-06/,
    ],
  ],
};

for (const [system, contradictions] of Object.entries(CONTRADICTIONS)) {
  describe(`${system}, as written`, () => {
    for (const [title, rule, where, shows] of contradictions) {
      it(title, () => {
        const [one] = (found.get(system) ?? []).filter(
          (finding) => finding.code === rule && finding.where === where,
        );
        assert.ok(one !== undefined, `${rule} finds nothing at ${where}`);
        assert.match(one.counterexample ?? "", shows);
        assert.ok(one.line > 1 && one.remedy !== "");
        assert.ok(one.reading !== null, "no reading is taken of it");
      });
    }
  });
}

it("SS-21: green is the staging environment, so that production is switched to what is not there", () => {
  const [green] = (found.get("swipesavvy") ?? []).filter(({ code }) => code === "deployed");
  assert.match(green?.sentence ?? "", /not deployed yet in `production`.*blue-green and major/);
  assert.ok(green?.reading);
});

describe("every document", () => {
  assert.deepEqual(systems.sort(), Object.keys(CONTRADICTIONS).sort());
  for (const system of systems) {
    it(`${system}: every error and warning has a reading beside it`, () => {
      const open = (found.get(system) ?? []).filter(
        ({ severity, reading }) => severity !== "note" && reading === null,
      );
      assert.deepEqual(
        open.map(({ code, where }) => `${code} ${where}`),
        [],
      );
    });

    it(`${system}: none of it is found in the policy`, () => {
      const read = readPolicy("holdpoint.yaml", textOf(system, "holdpoint.yaml"));
      assert.ok(read.ok);
      const wrong = soundness(read.value.policy).filter(({ severity }) => severity !== "note");
      assert.deepEqual(wrong, []);
    });
  }
});
