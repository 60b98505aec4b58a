// What served before Holdpoint came: version 1.0.0 in both environments, each with its database.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { openRepository } from "#adapters/git.ts";
import { makeLocal } from "#adapters/platform/local.ts";
import { makeRunner } from "#adapters/runner.ts";
import type { Target } from "#app/ports/outside.ts";
import { readSound } from "#policy-file/check.ts";
import type { TeamRepository } from "./repository.ts";

export async function serveFirst(parts: {
  team: TeamRepository;
  dataDir: string;
  databases: string;
}): Promise<void> {
  const { team, dataDir } = parts;
  const policy = await readSound(join(team.root, "holdpoint.yaml"));
  if (!policy.ok)
    throw new Error(policy.error.map(({ sentence, where }) => `${where}: ${sentence}`).join("\n"));
  const repository = await openRepository(team.root);
  if (!repository.ok) throw new Error(repository.error.sentence);
  const source = { ...process.env };
  const runner = makeRunner({ folder: join(dataDir, "jobs") });
  const needs = {
    folder: dataDir,
    repository: repository.value,
    runner,
    source,
    secrets: [],
    now: () => Date.now(),
  };
  const platform = makeLocal({ port: 0, drain: 2000 }, needs);
  await Promise.all(
    ["preview", "production"].map(async (environment) => {
      execFileSync(process.execPath, ["migrate.ts"], {
        cwd: team.root,
        env: { ...source, HOLDPOINT_ENVIRONMENT: environment },
        stdio: "ignore",
      });
      const target: Target = {
        environment,
        release: "first",
        version: "1.0.0",
        commit: team.head,
        services: policy.value.services,
      };
      const works = [
        () => platform.deploy(`first/${environment}/deploy`, target),
        () => platform.weigh(`first/${environment}/weigh`, target, 10_000),
        () => platform.promote(`first/${environment}/promote`, target),
      ];
      for (const work of works) {
        const answer = await work();
        if (answer.outcome !== "done")
          throw new Error(`version 1.0.0 does not start: ${answer.reason}`);
      }
    }),
  );
}
