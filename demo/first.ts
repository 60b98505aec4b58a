// What served before Holdpoint came: a first version in each environment, started through the local platform.
import { join } from "node:path";
import { openRepository } from "#adapters/git.ts";
import { makeLocal } from "#adapters/platform/local.ts";
import { makeRunner } from "#adapters/runner.ts";
import type { Target } from "#app/ports/outside.ts";
import { MINUTE } from "#core/base/time.ts";
import { readSound } from "#policy-file/check.ts";

export async function serveFirst(parts: {
  readonly team: { readonly root: string; readonly head: string };
  readonly dataDir: string;
  readonly environments: readonly string[];
  readonly version: string;
}): Promise<void> {
  const { team, dataDir, environments, version } = parts;
  const policy = await readSound(join(team.root, "holdpoint.yaml"));
  if (!policy.ok)
    throw new Error(policy.error.map(({ sentence, where }) => `${where}: ${sentence}`).join("\n"));
  const repository = await openRepository(team.root, {
    path: process.env["PATH"],
    home: process.env["HOME"],
  });
  if (!repository.ok) throw new Error(repository.error.sentence);
  const runner = makeRunner({ folder: join(dataDir, "jobs") });
  const needs = {
    folder: dataDir,
    repository: repository.value,
    runner,
    source: process.env,
    secrets: [],
    now: () => Date.now(),
  };
  const platform = makeLocal({ port: 0, drain: 2000 }, needs);
  const serve = async (environment: string) => {
    const target: Target = {
      environment,
      release: "first",
      version,
      commit: team.head,
      services: policy.value.services,
    };
    const works = [
      () => platform.deploy(`first/${environment}/deploy`, target, 2 * MINUTE),
      () => platform.weigh(`first/${environment}/weigh`, target, 10_000),
      () => platform.promote(`first/${environment}/promote`, target),
    ];
    for (const work of works) {
      const answer = await work();
      if (answer.outcome !== "done")
        throw new Error(`version ${version} does not start: ${answer.reason}`);
    }
  };
  await Promise.all(environments.map(serve));
}
