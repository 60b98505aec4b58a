// A starting policy as a text for people: YAML with comments that say what each guess rests on.
import type { CheckGuess } from "./checks.ts";
import type { Guess, OtherGuess, Part } from "./guess.ts";

export interface RenderOptions {
  /** Where the editor finds the JSON Schema of policies. */
  readonly schema?: string;
}

type About = OtherGuess["about"];
type Of<Kind extends About> = Extract<OtherGuess, { about: Kind }>;

/** Writes the policy that the guesses come to. What nobody could guess is said so, in a comment. */
export function renderPolicy(guesses: readonly Guess[], options: RenderOptions = {}): string {
  const found = <Kind extends About>(about: Kind) =>
    guesses.filter((guess): guess is Of<Kind> => guess.about === about);
  const checks = guesses.filter((guess): guess is CheckGuess => guess.about === "check");
  const one = <Kind extends About>(about: Kind) => found(about)[0];
  const people = one("people");
  const parts = [
    head(options, found("note")),
    system(one("system"), one("branch")),
    roles(people),
    versioning(one("tag"), one("first")),
    prepare(one("prepare")),
    bundle(found("part")),
    services(one("service")),
    gates(checks, people),
    phases(checks, {
      migrate: one("migrate"),
      service: one("service"),
      deploy: one("deploy"),
      people,
    }),
    types(checks, people),
    rollback(one("service")),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

type Lines = readonly string[];

function head(
  { schema = "./policy.schema.json" }: RenderOptions,
  notes: readonly Of<"note">[],
): Lines {
  return [
    `# yaml-language-server: $schema=${comment(schema)}`,
    "# A starting policy, guessed from what lies in this repository. Each guess says what it rests on.",
    "# Read it as what it is: correct what is wrong, add what is missing (windows, freezes, channels, messages).",
    ...notes.map(({ text }) => `# Note: ${comment(text)}.`),
  ];
}

function system(named: Of<"system"> | undefined, branch: Of<"branch"> | undefined): Lines {
  return [
    "holdpoint: 1",
    `system: ${scalar(comment(named?.name ?? "") || "system")}${because(named)}`,
    ...(branch === undefined
      ? []
      : [`# Releases are planned from a commit, usually of the branch ${comment(branch.name)}.`]),
    "zone: UTC # of all times that name no other",
  ];
}

const NOBODY = "you@example.test";

function roles(people: Of<"people"> | undefined): Lines {
  if (people === undefined)
    return ["roles:", `  team: [${NOBODY}] # nobody could be guessed: put your own address here`];
  return ["roles:", `  team: ${list(people.emails)}${because(people)}`];
}

/** How many can approve what one of the team wrote. */
function approversOf(people: Of<"people"> | undefined): number {
  return (people?.emails.length ?? 1) - 1;
}

function versioning(tag: Of<"tag"> | undefined, first: Of<"first"> | undefined): Lines {
  const pattern = tag?.pattern ?? "v{version}";
  return [
    "versioning:",
    `  tag: ${scalar(pattern)}${because(tag, "the usual form; there is no tag yet")}`,
    ...(tag === undefined
      ? [`  first: ${scalar(first?.version ?? "0.1.0")}${because(first, "the first version")}`]
      : []),
  ];
}

function prepare(install: Of<"prepare"> | undefined): Lines {
  return install === undefined ? [] : ["prepare:", `  - ${list(install.run)}${because(install)}`];
}

const PARTS: readonly Part[] = ["migrations", "configuration", "artifacts"];

function bundle(parts: readonly Of<"part">[]): Lines {
  const lines = PARTS.flatMap((part) => {
    const found = parts.find((one) => one.part === part);
    return found === undefined
      ? []
      : [`${part}:${because(found)}`, ...found.globs.map((glob) => `  - ${scalar(glob)}`)];
  });
  return lines.length === 0
    ? []
    : ["# When one of these files changes, the approvals that rest on it are void.", ...lines];
}

function services(service: Of<"service"> | undefined): Lines {
  if (service === undefined) return [];
  return [
    "services:",
    `  ${service.name}:${because(service)}`,
    `    start: ${list(service.start)} # must listen on the port in PORT`,
    ...(service.build === undefined ? [] : [`    build: ${list(service.build)}`]),
    "    health: /health # must answer 2xx while it is well",
    "environments:",
    "  production:",
    `    services: ${list([service.name])}`,
    "    local: { port: 8080 } # on this machine, by Holdpoint itself; `command` for any other platform",
  ];
}

function gates(checks: readonly CheckGuess[], people: Of<"people"> | undefined): Lines {
  const approvers = approversOf(people);
  return [
    "gates:",
    ...checks.flatMap((check) => [
      `  ${scalar(check.gate)}:${because(check)}`,
      ...checkLines(check),
    ]),
    "  go:",
    ...(approvers > 0
      ? [
          "    # Whoever wrote a commit of the release may not approve it.",
          "    signoff: { roles: { team: 1 } }",
        ]
      : [
          "    # There is nobody else to approve: `not: []` lets authors approve their own work.",
          "    signoff: { roles: { team: 1 }, not: [] }",
        ]),
    ...(approvers > 1 ? ["  go-major:", "    signoff: { roles: { team: 2 } }"] : []),
  ];
}

function checkLines({ run, report, lines }: CheckGuess): Lines {
  if (report === undefined) return [`    check: { run: ${list(run)} }`];
  return [
    "    check:",
    `      run: ${list(run)}`,
    `      report: { format: ${report.format}, file: ${scalar(report.file)} }`,
    ...(lines === undefined ? [] : [`      require: { lines: { least: ${lines} } } # per cent`]),
  ];
}

interface Work {
  readonly migrate: Of<"migrate"> | undefined;
  readonly service: Of<"service"> | undefined;
  readonly deploy: Of<"deploy"> | undefined;
  readonly people: Of<"people"> | undefined;
}

function phases(checks: readonly CheckGuess[], { migrate, service, deploy, people }: Work): Lines {
  return [
    "phases:",
    ...(checks.length === 0
      ? []
      : ["  checked:", `    gates: ${list(checks.map(({ gate }) => gate))}`]),
    "  approved:",
    "    gates: [go]",
    ...(approversOf(people) > 1 ? ["  approved-major:", "    gates: [go-major]"] : []),
    "  released:",
    ...(service === undefined ? [] : ["    environment: production"]),
    "    steps:",
    "      - tag: {}",
    ...migrateLines(migrate),
    ...(deploy === undefined ? [] : deployLines(deploy)),
    ...(service === undefined ? [] : SERVICE_STEPS),
  ];
}

function migrateLines(migrate: Of<"migrate"> | undefined): Lines {
  if (migrate === undefined) return [];
  return [
    `      - migrate:${because(migrate)}`,
    "          part: expand # the version that serves now must run on it",
    `          run: ${list(migrate.run)}`,
    ...(migrate.verify === undefined ? [] : [`          verify: ${list(migrate.verify)}`]),
  ];
}

function deployLines(deploy: Of<"deploy">): Lines {
  return [
    `      - run:${because(deploy)}`,
    `          run: ${list(deploy.run)}`,
    "          irreversible: true # until `undo` says how the old version is brought back",
  ];
}

const SERVICE_STEPS: Lines = [
  "      - deploy: {} # beside the version that serves, without traffic",
  "      - smoke: { paths: [/health] }",
  "      - shift: { weights: [5 %, 25 %, 50 %, 100 %], soak: 2 min }",
  "      - watch: { for: 15 min }",
  "      - promote: {}",
];

function types(checks: readonly CheckGuess[], people: Of<"people"> | undefined): Lines {
  const checked = checks.length === 0 ? [] : ["checked"];
  const major = approversOf(people) > 1 ? "approved-major" : "approved";
  const approvals = { patch: "approved", minor: "approved", major };
  return [
    "types:",
    ...Object.entries(approvals).map(
      ([type, approved]) =>
        `  ${type}: { bumps: [${type}], phases: ${list([...checked, approved, "released"])} }`,
    ),
  ];
}

function rollback(service: Of<"service"> | undefined): Lines {
  return [
    "rollback:",
    "  target: 5 min # from the decision until the old version serves alone; a habit, not a fact",
    ...(service === undefined ? [] : ["  on: { health: {}, errors: { above: 5 % } }"]),
  ];
}

function because(guess: { readonly from: string } | undefined, otherwise = ""): string {
  const why = comment(guess?.from ?? otherwise);
  return why === "" ? "" : ` # ${why}`;
}

/** A text within one line of a comment, or of a name. */
function comment(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 160);
}

function list(items: readonly string[]): string {
  return `[${items.map(scalar).join(", ")}]`;
}

/** A string as YAML: plain where nothing in it could mean anything else, else quoted as JSON quotes. */
function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z/][\w./@+-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
