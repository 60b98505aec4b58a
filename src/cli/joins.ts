import type { OpenHoldpoint, Place } from "#app/holdpoint.ts";
import type { Problem } from "#app/problem.ts";
import type { Head } from "#core/audit/entry.ts";
import type { Json } from "#core/base/canonical.ts";
import type { Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { PolicyCheck } from "#policy-file/check.ts";
import type { Coverage } from "#policy-file/clauses/coverage.ts";
import type { CoverageAsk } from "#policy-file/clauses/read.ts";
import type { Surroundings } from "../config.ts";

/** Where programs are looked for, and the user's home. */
interface Machine {
  readonly path?: string | undefined;
  readonly home?: string | undefined;
}

/** Where git runs. */
export type GitPlace = Machine & { readonly cwd: string };

/** Git in a folder, with the programs and the home that the process itself was given. */
export function gitPlace({ around }: { readonly around: Surroundings }, cwd: string): GitPlace {
  return { cwd, path: around.env["PATH"], home: around.env["HOME"] };
}

type Changelog = typeof import("./changelog.ts");

/** The rest of Holdpoint, as far as verbs need it; nothing of it is loaded before it is called. */
export interface Joins {
  readonly open: OpenHoldpoint;
  /** Takes a data directory for this process alone; lets it go at `release`, or however the process ends. */
  readonly lock: (
    dataDir: string,
    now: Instant,
  ) => Promise<Result<{ release(): void }, { readonly problem: Problem }>>;
  /** Reads a policy file and proves it sound. */
  readonly check: (file: string, today: string) => Promise<Result<PolicyCheck, readonly Problem[]>>;
  /** The policy of a file that is sound. */
  readonly policy: (file: string) => Promise<Result<Policy, readonly Problem[]>>;
  /** What a policy file says, as plain data. */
  readonly policyData: (file: string) => Promise<Result<Json, readonly Problem[]>>;
  /** Where each clause of release documents stands. */
  readonly coverage: (ask: CoverageAsk) => Promise<Result<readonly Coverage[], readonly Problem[]>>;
  /** The text of a first policy file, guessed from the repository at a folder. */
  readonly firstPolicy: (
    folder: string,
    machine: Machine,
  ) => Promise<Result<string, readonly Problem[]>>;
  /** The changelog of a whole history, in pieces. */
  readonly wholeChangelog: typeof import("./whole-changelog.ts").wholeChangelog;
  /** What the kept changelog leaves out. */
  readonly changelogProblems: Changelog["changelogProblems"];
  /** Writes a planned release into the changelog of the work tree. */
  readonly writeChangelog: Changelog["writeChangelog"];
  /** The notes of a version that was released. */
  readonly pastNotes: Changelog["pastNotes"];
  /** Writes the whole store into a file. */
  readonly exportJournal: (where: Place, file: string) => Promise<Result<Head, readonly Problem[]>>;
  /** Fills an empty store from such a file. */
  readonly importJournal: (
    where: Place,
    file: string,
    noted?: Head,
  ) => Promise<Result<Head, readonly Problem[]>>;
}

export const joins: Joins = {
  wholeChangelog: async (...of) => {
    const { wholeChangelog } = await import("./whole-changelog.ts");
    (await import("./short-run.ts")).shortRun();
    return await wholeChangelog(...of);
  },
  changelogProblems: async (...of) =>
    await (await import("./changelog.ts")).changelogProblems(...of),
  writeChangelog: async (...of) => await (await import("./changelog.ts")).writeChangelog(...of),
  pastNotes: async (...of) => await (await import("./changelog.ts")).pastNotes(...of),
  open: async (place) => await (await import("../main.ts")).openHoldpoint(place),
  lock: async (dataDir, now) => (await import("#store/lock.ts")).takeLock(dataDir, now),
  check: async (file, today) => {
    const { checkFile } = await import("#policy-file/check.ts");
    (await import("./short-run.ts")).shortRun();
    return await checkFile(file, today);
  },
  policy: async (file) => await (await import("#policy-file/check.ts")).readSound(file),
  policyData: async (file) => await (await import("#policy-file/check.ts")).readData(file),
  coverage: async (ask) => await (await import("#policy-file/clauses/read.ts")).readCoverage(ask),
  firstPolicy: async (folder, machine) =>
    await (await import("./init/first-policy.ts")).firstPolicy(folder, machine),
  exportJournal: async (where, file) =>
    await (await import("#store/carry.ts")).exportJournal(where, file),
  importJournal: async (where, file, noted) =>
    await (await import("#store/carry.ts")).importJournal(where, file, noted),
};
