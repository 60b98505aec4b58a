import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { environmentFor } from "#app/perform/outside.ts";
import type { Repository, Runner, Target } from "#app/ports/outside.ts";
import { digestOf } from "#core/base/digest.ts";
import { hasCode, writeJson } from "#processes/files.ts";
import { identityOf } from "#processes/identity.ts";
import { failure } from "../failure.ts";
import { sourceOf, type World } from "./settle.ts";

/** What preparing a version needs beside its world. */
export interface Workshop {
  readonly repository: Pick<Repository, "checkOut">;
  readonly runner: Runner;
  /** When all must be done, in the time of `performance.now()`. */
  readonly deadline: number;
}

/**
 * Writes the work tree of a target's commit, unless it is there, and builds in it what has not been built. A sentence
 * where that fails. A build that was cut off is simply done again by the next attempt: the tree is Holdpoint's own.
 */
export async function prepare(
  key: string,
  target: Target,
  { world, repository, runner, deadline }: Workshop & { readonly world: World },
): Promise<string | null> {
  await checkOut(world, target.commit, repository);
  for (const [service, { build, folder, env }] of Object.entries(target.services)) {
    const cwd = sourceOf(world, target.commit, folder);
    if (cwd === null || !existsSync(cwd)) {
      return `${service} has no folder ${folder} in commit ${target.commit.slice(0, 12)}.`;
    }
    if (build === undefined) continue;
    const mark = join(world.places.built, `${target.commit}-${digestOf([service, build, folder])}`);
    if (existsSync(mark)) continue;
    const result = await runner.run(`${key}/build/${service}`, {
      argv: build,
      cwd,
      timeout: Math.max(deadline - performance.now(), 1),
      env: environmentFor(env, world.source),
    });
    const why = failure(result);
    if (why !== null) return `The build of ${service} ${why}`;
    mkdirSync(world.places.built, { recursive: true });
    writeJson(mark, {}, true);
  }
  return null;
}

/** The tree appears whole: it is written beside its place and moved there. */
async function checkOut(
  { places: { trees } }: World,
  commit: string,
  repository: Pick<Repository, "checkOut">,
): Promise<void> {
  const tree = join(trees, commit);
  if (existsSync(tree)) {
    // Whoever tidies up sees that it is used again.
    utimesSync(tree, new Date(), new Date());
    return;
  }
  mkdirSync(trees, { recursive: true });
  clearAway(trees, commit);
  const part = `${tree}.${process.pid}.${randomUUID()}`;
  try {
    await repository.checkOut(commit, part);
    renameSync(part, tree);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!hasCode(error, "ENOTEMPTY", "EEXIST")) throw error;
  }
}

/** Removes parts of trees whose writers are gone. */
function clearAway(trees: string, commit: string): void {
  for (const name of readdirSync(trees)) {
    const [of, pid] = name.split(".");
    if (of !== commit || pid === undefined || identityOf(Number(pid)) !== null) continue;
    rmSync(join(trees, name), { recursive: true, force: true });
  }
}
