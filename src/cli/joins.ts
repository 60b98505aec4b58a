import type { OpenHoldpoint } from "#app/holdpoint.ts";
import type { Problem } from "#app/problem.ts";
import type { Result } from "#core/base/result.ts";
import type { PolicyCheck } from "#policy-file/check.ts";

/** The rest of Holdpoint, as far as verbs need it; nothing of it is loaded before it is called. */
export interface Joins {
  readonly open: OpenHoldpoint;
  /** Reads a policy file and proves it sound. */
  readonly check: (file: string, today: string) => Promise<Result<PolicyCheck, readonly Problem[]>>;
  /** The text of a first policy file, guessed from the repository at a folder. */
  readonly firstPolicy: (folder: string) => Promise<string>;
}

export const joins: Joins = {
  open: async (place) =>
    (await load<{ openHoldpoint: OpenHoldpoint }>("../main.ts")).openHoldpoint(place),
  check: async (file, today) => (await import("#policy-file/check.ts")).checkFile(file, today),
  firstPolicy: async (folder) =>
    (await load<{ firstPolicy: Joins["firstPolicy"] }>("./init/first-policy.ts")).firstPolicy(
      folder,
    ),
};

/** By address, so that each part is loaded, and need be there, only for the verbs that use it. */
async function load<Module>(path: string): Promise<Module> {
  return (await import(new URL(path, import.meta.url).href)) as Module;
}
