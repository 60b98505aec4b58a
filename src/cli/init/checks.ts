// Which commands could be checks: scripts of package.json by their usual names, tools by their configuration files, and
// what the workflows run besides.
import { type Manifest, manifestOf, type RepositoryFacts, scriptOf } from "./facts.ts";
import { type PackageManager, packageManager } from "./manager.ts";

export interface CheckGuess {
  readonly about: "check";
  /** The name of the gate. */
  readonly gate: string;
  readonly run: readonly string[];
  readonly report?: { readonly format: "lcov"; readonly file: string };
  /** The least share of lines that must be covered, in per cent. */
  readonly lines?: number;
  readonly from: string;
}

/** A usual check: the script names that stand for it, and the tool whose configuration stands for it where none does. */
interface Usual {
  readonly gate: string;
  readonly scripts: readonly string[];
  readonly tools?: readonly (readonly [file: RegExp, argv: readonly [string, ...string[]]])[];
}

const USUAL: readonly Usual[] = [
  { gate: "tests", scripts: ["test:ci", "test", "test:unit"] },
  { gate: "end-to-end", scripts: ["test:e2e", "e2e"] },
  {
    gate: "lint",
    scripts: ["lint:ci", "lint"],
    tools: [
      [/^biome\.jsonc?$/, ["biome", "ci", "."]],
      [/^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.\w+)?)$/, ["eslint", "."]],
    ],
  },
  {
    gate: "types",
    scripts: ["typecheck", "type-check", "check-types", "check:types", "types"],
    tools: [[/^tsconfig\.json$/, ["tsc", "--noEmit"]]],
  },
  { gate: "format", scripts: ["format:check", "check:format", "check-format"] },
  { gate: "build", scripts: ["build"] },
];

const COVERAGE_SCRIPTS = ["coverage", "test:coverage", "test:cov"];
/** Scripts that workflows run and that are no checks. */
// `go` and `go-major` are the names of the sign-offs.
const NO_CHECKS =
  /^(?:ci|install|i|publish|release|deploy|start|dev|serve|migrat|db:|pre|post|exec|go$|go-major$)/i;

/** The checks of a JavaScript project; none where there is no package.json. */
export function checkGuesses(facts: RepositoryFacts): readonly CheckGuess[] {
  const manager = packageManager(facts);
  if (manager === null) return [];
  const manifest = manifestOf(facts);
  const usual = USUAL.flatMap((one) => usualGuess(one, { facts, manifest, manager }));
  const coverage = coverageGuess(facts, manifest, manager);
  const known = new Set([...USUAL.flatMap(({ scripts }) => scripts), ...COVERAGE_SCRIPTS]);
  const others = scriptsInWorkflows(facts)
    .filter(([name]) => !known.has(name) && !NO_CHECKS.test(name))
    .filter(([name]) => scriptOf(manifest, name) !== null && gateName(name) !== "")
    .map(
      ([name, workflow]): CheckGuess => ({
        about: "check",
        gate: gateName(name),
        run: manager.script(name),
        from: `package.json: scripts.${name}, run by ${workflow}`,
      }),
    );
  const all = [...usual, ...coverage, ...others, ...auditGuess(manager)];
  return all.filter(({ gate }, at) => all.findIndex((one) => one.gate === gate) === at);
}

interface Found {
  readonly facts: RepositoryFacts;
  readonly manifest: Manifest;
  readonly manager: PackageManager;
}

function usualGuess(
  { gate, scripts, tools }: Usual,
  { facts, manifest, manager }: Found,
): CheckGuess[] {
  const script = scripts.find((name) => scriptOf(manifest, name) !== null);
  if (script !== undefined) {
    const workflow = scriptsInWorkflows(facts).find(([name]) => name === script)?.[1];
    const from = `package.json: scripts.${script}${workflow === undefined ? "" : `, run by ${workflow}`}`;
    return [{ about: "check", gate, run: manager.script(script), from }];
  }
  for (const [form, [tool, ...argv]] of tools ?? []) {
    const file = facts.files.find((path) => form.test(path));
    if (file !== undefined)
      return [{ about: "check", gate, run: manager.tool(tool, ...argv), from: file }];
  }
  return [];
}

/** A coverage script, with its report where it is known to leave one, and its limit where one is configured. */
function coverageGuess(
  facts: RepositoryFacts,
  manifest: Manifest,
  manager: PackageManager,
): CheckGuess[] {
  const script = COVERAGE_SCRIPTS.find((name) => scriptOf(manifest, name) !== null);
  if (script === undefined) return [];
  const settings = [
    scriptOf(manifest, script) ?? "",
    JSON.stringify([manifest.jest, manifest.c8, manifest.nyc]),
    ...Object.entries(facts.texts)
      .filter(([path]) => /(?:vitest|vite|jest)\.config|\.c8rc|\.nycrc/.test(path))
      .map(([, text]) => text),
  ].join("\n");
  const leaves = /\blcov/.test(settings) || /\bjest\b/.test(scriptOf(manifest, script) ?? "");
  const limit = /["']?\blines["']?\s*[:=]\s*(\d{1,3}(?:\.\d{1,2})?)\b/.exec(settings)?.[1];
  const lines = limit !== undefined && Number(limit) <= 100 ? { lines: Number(limit) } : {};
  return [
    {
      about: "check",
      gate: "coverage",
      run: manager.script(script),
      ...(leaves && { report: { format: "lcov", file: "coverage/lcov.info" }, ...lines }),
      from: `package.json: scripts.${script}`,
    },
  ];
}

function auditGuess({ audit, from }: PackageManager): CheckGuess[] {
  return audit === null ? [] : [{ about: "check", gate: "audit", run: audit, from }];
}

/** Scripts that workflows run by name, and the first workflow that does. */
function scriptsInWorkflows({
  texts,
}: RepositoryFacts): readonly (readonly [name: string, workflow: string])[] {
  const found = new Map<string, string>();
  for (const [path, text] of Object.entries(texts)) {
    if (!path.startsWith(".github/workflows/")) continue;
    for (const [, name = ""] of text.matchAll(
      /\b(?:npm|pnpm|yarn|bun) (?:run )?([a-z][\w:.-]{0,60})/g,
    ))
      if (!found.has(name)) found.set(name, path);
  }
  return [...found];
}

function gateName(script: string): string {
  return script
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 40)
    .replace(/-$/, "");
}
