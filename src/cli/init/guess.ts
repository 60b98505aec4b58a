// From what was found in a repository to what its policy could say. Every guess names what it rests on, so that a reader
// can tell a fact from a habit. Pure.
import { type CheckGuess, checkGuesses } from "./checks.ts";
import { manifestOf, type RepositoryFacts, scriptOf } from "./facts.ts";
import { packageManager } from "./manager.ts";

/** One thing the policy could say, and what that rests on. */
export type Guess = CheckGuess | OtherGuess;

export type OtherGuess = { readonly from: string } & (
  | { readonly about: "system"; readonly name: string }
  | { readonly about: "people"; readonly emails: readonly string[] }
  | { readonly about: "branch"; readonly name: string }
  | { readonly about: "tag"; readonly pattern: string }
  | { readonly about: "first"; readonly version: string }
  | { readonly about: "prepare"; readonly run: readonly string[] }
  | { readonly about: "part"; readonly part: Part; readonly globs: readonly string[] }
  | {
      readonly about: "migrate";
      readonly run: readonly string[];
      readonly verify?: readonly string[];
    }
  | {
      readonly about: "service";
      readonly name: string;
      readonly start: readonly string[];
      readonly build?: readonly string[];
    }
  | { readonly about: "deploy"; readonly run: readonly string[] }
  | { readonly about: "note"; readonly text: string }
);

export type Part = "migrations" | "configuration" | "artifacts";

/** Everything that can be guessed, in the order of a policy. */
export function guess(found: RepositoryFacts): readonly Guess[] {
  // What a policy could not name in one plain line is left for people to name.
  const files = found.files.filter((file) => /^[^\p{Cc}\p{Cf}]{1,400}$/u.test(file));
  const tags = found.tags.filter((tag) => /^[\w./@+-]{1,100}$/.test(tag));
  const facts = { ...found, files, tags };
  return [
    systemGuess(facts),
    ...branchGuesses(facts),
    ...peopleGuesses(facts),
    ...versionGuesses(facts),
    ...prepareGuesses(facts),
    ...checkGuesses(facts),
    ...partGuesses(facts),
    ...migrateGuesses(facts),
    ...runGuesses(facts),
  ];
}

function systemGuess(facts: RepositoryFacts): Guess {
  const { name } = manifestOf(facts);
  return name
    ? { about: "system", name, from: "package.json: name" }
    : { about: "system", name: facts.folder, from: "the name of the folder" };
}

function branchGuesses({ branch }: RepositoryFacts): Guess[] {
  return branch === null ? [] : [{ about: "branch", name: branch, from: "the branches there are" }];
}

const MAX_PEOPLE = 6;
const EMAIL = /^[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}$/;

function peopleGuesses({ texts, authors }: RepositoryFacts): Guess[] {
  const owners = Object.entries(texts).find(([path]) => path.endsWith("CODEOWNERS"))?.[1] ?? "";
  const words = owners
    .split("\n")
    .flatMap((line) => line.replace(/#.*$/, "").trim().split(/\s+/).slice(1));
  const named = people(words);
  const handles = [...new Set(words.filter((word) => /^@[\w./-]{1,80}$/.test(word)))];
  const note: Guess[] =
    handles.length === 0
      ? []
      : [
          {
            about: "note",
            text: `CODEOWNERS names ${handles.slice(0, MAX_PEOPLE).join(", ")}: Holdpoint knows people by e-mail address`,
            from: "CODEOWNERS",
          },
        ];
  if (named.length > 0) return [{ about: "people", emails: named, from: "CODEOWNERS" }, ...note];
  const wrote = people(authors);
  if (wrote.length === 0) return note;
  return [{ about: "people", emails: wrote, from: "who wrote the last commits" }, ...note];
}

/** Addresses of people: no bots, none of the addresses that a forge hides people behind. */
function people(words: readonly string[]): readonly string[] {
  const emails = words
    .map((word) => word.toLowerCase())
    .filter((word) => EMAIL.test(word) && !/noreply|no-reply|\bbot\b|bot@/.test(word));
  return [...new Set(emails)].slice(0, MAX_PEOPLE);
}

const VERSION = /\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

function versionGuesses(facts: RepositoryFacts): Guess[] {
  const prefixes = new Map<string, string[]>();
  for (const tag of facts.tags) {
    const found = VERSION.exec(tag);
    if (found === null) continue;
    const prefix = tag.slice(0, found.index);
    prefixes.set(prefix, [...(prefixes.get(prefix) ?? []), tag]);
  }
  const [most] = [...prefixes].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  if (most !== undefined) {
    const others =
      prefixes.size > 1
        ? `; also ${[...prefixes.keys()]
            .filter((one) => one !== most[0])
            .map((one) => `${one}*`)
            .join(", ")}`
        : "";
    const from = `${most[1].length} tags such as ${most[1].at(-1)}${others}`;
    return [{ about: "tag", pattern: `${most[0]}{version}`, from }];
  }
  const { version = "" } = manifestOf(facts);
  return /^\d+\.\d+\.\d+$/.test(version) && version !== "0.0.0"
    ? [{ about: "first", version, from: "package.json: version; there is no tag yet" }]
    : [];
}

function prepareGuesses(facts: RepositoryFacts): Guess[] {
  const manager = packageManager(facts);
  return manager === null ? [] : [{ about: "prepare", run: manager.install, from: manager.from }];
}

const CONFIGURATION = [
  /^\.github\/workflows\//,
  /^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/,
  /^(?:vercel|render|fly|railway|netlify|app)\.(?:json|ya?ml|toml)$/,
  /^\.env\.(?:example|production|staging)$/,
  /^(?:k8s|kubernetes|helm|charts|deploy|infra|terraform)\//,
  /^nginx(?:\.conf$|\/)/,
];

function partGuesses({ files }: RepositoryFacts): Guess[] {
  const migrations = migrationFolders(files);
  const configuration = CONFIGURATION.flatMap((form) =>
    globsOf(files.filter((file) => form.test(file))),
  );
  const lock =
    /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/;
  const artifacts = files.filter(
    (file) => lock.test(file) || /(?:^|\/)Dockerfile(?:\.[\w-]+)?$/.test(file),
  );
  const parts: [Part, readonly string[], string][] = [
    ["migrations", migrations.map((folder) => `${folder}/**`), "folders of migrations"],
    ["configuration", configuration, "files that say how it is built and run"],
    ["artifacts", artifacts.slice(0, 20), "what a build is made of"],
  ];
  return parts.flatMap(([part, globs, from]): Guess[] =>
    globs.length === 0 ? [] : [{ about: "part", part, globs, from }],
  );
}

/** A glob for the folder that files of one kind lie in, or the files themselves at the top. */
function globsOf(files: readonly string[]): readonly string[] {
  const globs = files.map((file) => {
    const [top, next] = file.split("/");
    if (next === undefined) return file;
    return top === ".github" ? ".github/workflows/**" : `${top}/**`;
  });
  return [...new Set(globs)].slice(0, 20);
}

function migrationFolders(files: readonly string[]): readonly string[] {
  const folders = files.flatMap((file) => {
    const folder = /^(?:.*\/)?migrations(?=\/)/.exec(file)?.[0];
    return folder === undefined || /(?:^|\/)(?:node_modules|test|tests|fixtures|dist)\//.test(file)
      ? []
      : [folder];
  });
  const drizzle = files.some((file) => /^drizzle\/.+\.sql$/.test(file)) ? ["drizzle"] : [];
  return [...new Set([...folders, ...drizzle])].sort((a, b) => a.length - b.length).slice(0, 5);
}

const MIGRATE_SCRIPTS = ["migrate:deploy", "db:migrate", "migrate", "migration:run", "db:deploy"];

function migrateGuesses(facts: RepositoryFacts): Guess[] {
  const manager = packageManager(facts);
  const folders = migrationFolders(facts.files);
  if (manager === null || folders.length === 0) return [];
  const manifest = manifestOf(facts);
  const script = MIGRATE_SCRIPTS.find((name) => scriptOf(manifest, name) !== null);
  if (script !== undefined)
    return [
      { about: "migrate", run: manager.script(script), from: `package.json: scripts.${script}` },
    ];
  if (folders.some((folder) => folder.endsWith("prisma/migrations")))
    return [
      {
        about: "migrate",
        run: manager.tool("prisma", "migrate", "deploy"),
        verify: manager.tool("prisma", "migrate", "status"),
        from: "prisma/migrations",
      },
    ];
  return folders.includes("drizzle")
    ? [{ about: "migrate", run: manager.tool("drizzle-kit", "migrate"), from: "drizzle" }]
    : [
        {
          about: "note",
          text: `migrations lie in ${folders[0]}, but no script says how they are run`,
          from: `${folders[0]}`,
        },
      ];
}

const DEPLOY_SCRIPTS = ["deploy:production", "deploy:prod", "deploy"];

/** How it gets to where it runs: the team's own command, else as a service that Holdpoint runs itself. */
function runGuesses(facts: RepositoryFacts): Guess[] {
  const manager = packageManager(facts);
  if (manager === null) return [];
  const manifest = manifestOf(facts);
  const deploy = DEPLOY_SCRIPTS.find((name) => scriptOf(manifest, name) !== null);
  if (deploy !== undefined)
    return [
      { about: "deploy", run: manager.script(deploy), from: `package.json: scripts.${deploy}` },
    ];
  if (scriptOf(manifest, "start") === null) return [];
  const build = scriptOf(manifest, "build") === null ? {} : { build: manager.script("build") };
  const service = { name: "app", start: manager.script("start"), ...build };
  return [{ about: "service", ...service, from: "package.json: scripts.start" }];
}
