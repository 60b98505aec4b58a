import type { OpenHoldpoint } from "#app/holdpoint.ts";
import type { Problem } from "#app/problem.ts";
import type { Result } from "#core/base/result.ts";

/** What the checker says of a policy file. */
export interface PolicyCheck {
  readonly file: string;
  readonly system: string | null;
  readonly findings: readonly PolicyFinding[];
}

export interface PolicyFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly sentence: string;
  readonly remedy: string;
}

/** The rest of Holdpoint, as far as verbs need it; nothing of it is loaded before it is called. */
export interface Joins {
  readonly open: OpenHoldpoint;
  /** Reads a policy file and proves it sound. */
  readonly check: (file: string) => Promise<Result<PolicyCheck, readonly Problem[]>>;
  /** The text of a first policy file, guessed from the repository at a folder. */
  readonly firstPolicy: (folder: string) => Promise<string>;
}

export const joins: Joins = {
  open: async (place) =>
    (await load<{ openHoldpoint: OpenHoldpoint }>("../main.ts")).openHoldpoint(place),
  check: async (file) => (await load<{ check: Joins["check"] }>("../check.ts")).check(file),
  firstPolicy: async (folder) =>
    (await load<{ firstPolicy: Joins["firstPolicy"] }>("./init/first-policy.ts")).firstPolicy(
      folder,
    ),
};

/** By address, so that each part is loaded, and need be there, only for the verbs that use it. */
async function load<Module>(path: string): Promise<Module> {
  return (await import(new URL(path, import.meta.url).href)) as Module;
}
