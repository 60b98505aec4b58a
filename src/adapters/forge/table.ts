import { resolve } from "node:path";
import type { Forge } from "#app/ports/outside.ts";
import { forgeShapes, type GithubForge } from "#core/policy/outside.ts";
import type { Policy } from "#core/policy/policy.ts";
import { githubForge } from "./github.ts";

export interface ForgeSurroundings {
  /** Top of the team's repository: relative paths of the policy count from there. */
  readonly root: string;
  /** The environment variables that policies may name. */
  readonly source: Readonly<Record<string, string | undefined>>;
}

type Open<Config> = (config: Config, around: ForgeSurroundings) => Forge;

/** One line per kind of the policy. */
const FORGES: { readonly github: Open<GithubForge> } = {
  github: (config, { root, source }) =>
    githubForge({
      config,
      source,
      resolve: (path) => resolve(root, path),
      pause: (millis) => new Promise((done) => setTimeout(done, millis)),
    }),
};

/** Opens the forge of a sound policy. */
export function openForge(text: NonNullable<Policy["forge"]>, around: ForgeSurroundings): Forge {
  const kind = (Object.keys(forgeShapes) as (keyof typeof FORGES)[]).find(
    (one) => text[one] !== undefined,
  );
  if (kind === undefined) throw new Error("the policy was not checked: the forge has no kind");
  return (FORGES[kind] as Open<unknown>)(text[kind], around);
}
