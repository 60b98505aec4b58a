// `npm run generate`: writes every file that is made from another one. `--check` writes nothing and fails when one of
// them is not what would be written. A generated file is one line in the table.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openapiDocument } from "#api/openapi.ts";
import { apiPage, errorsPage } from "#api/pages.ts";
import { cliPage } from "#cli/page.ts";
import { findingsPage } from "#policy-file/findings/page.ts";
import { policySchema } from "#policy-file/schema.ts";
import { invariantsPage } from "./invariants-page.ts";
import { policyPage } from "./policy-page.ts";
import { verifierPage } from "./verifier-page.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Every system whose document stands beside its policy as it is written. */
const SYSTEMS = globSync("*/as-written.yaml", { cwd: join(root, "policies") })
  .map(dirname)
  .sort();

const GENERATED: readonly { readonly path: string; readonly text: () => string }[] = [
  { path: "schema/policy.schema.json", text: () => json(policySchema()) },
  { path: "schema/openapi.json", text: () => json(openapiDocument()) },
  { path: "docs/policy.md", text: policyPage },
  { path: "docs/cli.md", text: cliPage },
  { path: "docs/api.md", text: apiPage },
  { path: "docs/errors.md", text: errorsPage },
  { path: "docs/verifier.md", text: verifierPage },
  ...SYSTEMS.map((system) => {
    const folder = `policies/${system}`;
    return { path: `${folder}/FINDINGS.md`, text: () => findingsOf(folder) };
  }),
  { path: "docs/invariants.md", text: invariantsPage },
];

const check = process.argv.includes("--check");
const stale = GENERATED.filter(({ path, text }) => !refresh(join(root, path), text()));
for (const { path } of stale) console.log(`${path} ${check ? "is out of date" : "written"}`);
if (check && stale.length > 0) {
  console.log("Run `npm run generate` and commit what it writes.");
  process.exitCode = 1;
}

function findingsOf(folder: string): string {
  const text = (file: string) => readFileSync(join(root, folder, file), "utf8");
  const policy = text("holdpoint.yaml");
  const [, system = folder] = /^system: (.*)$/m.exec(policy) ?? [];
  return findingsPage({ system, written: text("as-written.yaml"), policy });
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Whether a file is up to date; where it is not, it is written, unless this is only a check. */
function refresh(file: string, text: string): boolean {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return true;
  if (!check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return false;
}
