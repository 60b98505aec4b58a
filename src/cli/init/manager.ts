import type { RepositoryFacts } from "./facts.ts";

/** How commands of a JavaScript project are started. */
export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** Brings in the packages, exactly as locked. */
  readonly install: readonly string[];
  readonly script: (name: string) => readonly string[];
  /** A program that a package of the project brings along. */
  readonly tool: (name: string, ...argv: string[]) => readonly string[];
  /** Fails on known vulnerabilities of what is shipped; null where the manager has no such command. */
  readonly audit: readonly string[] | null;
  /** The file that tells. */
  readonly from: string;
}

type Kind = Omit<PackageManager, "from">;

const NPM: Kind = {
  name: "npm",
  install: ["npm", "ci"],
  script: (name) => (name === "test" || name === "start" ? ["npm", name] : ["npm", "run", name]),
  tool: (name, ...argv) => ["npx", "--no-install", name, ...argv],
  audit: ["npm", "audit", "--omit=dev", "--audit-level=high"],
};
const PNPM: Kind = {
  name: "pnpm",
  install: ["pnpm", "install", "--frozen-lockfile"],
  script: (name) => ["pnpm", "run", name],
  tool: (name, ...argv) => ["pnpm", "exec", name, ...argv],
  audit: ["pnpm", "audit", "--prod", "--audit-level=high"],
};
const YARN: Kind = {
  name: "yarn",
  install: ["yarn", "install", "--frozen-lockfile"],
  script: (name) => ["yarn", "run", name],
  tool: (name, ...argv) => ["yarn", "run", name, ...argv],
  audit: null,
};
const BUN: Kind = {
  name: "bun",
  install: ["bun", "install", "--frozen-lockfile"],
  script: (name) => ["bun", "run", name],
  tool: (name, ...argv) => ["bun", "run", name, ...argv],
  audit: null,
};

const BY_FILE: readonly (readonly [file: string, kind: Kind])[] = [
  ["pnpm-lock.yaml", PNPM],
  ["yarn.lock", YARN],
  ["bun.lock", BUN],
  ["bun.lockb", BUN],
  ["package-lock.json", NPM],
  ["npm-shrinkwrap.json", NPM],
];

/** The project's package manager, by its lock file; npm where there is none; null where there is no package.json. */
export function packageManager({ files }: RepositoryFacts): PackageManager | null {
  const found = BY_FILE.find(([file]) => files.includes(file));
  if (found === undefined)
    return files.includes("package.json")
      ? {
          ...NPM,
          install: ["npm", "install"],
          audit: null,
          from: "package.json; there is no lock file",
        }
      : null;
  const [from, kind] = found;
  // Yarn 2 and later ask for the lock file to be kept by another word.
  const isNewYarn = kind === YARN && files.includes(".yarnrc.yml");
  return { ...kind, from, ...(isNewYarn && { install: ["yarn", "install", "--immutable"] }) };
}
