// Makes the team's repository: a git history with real Conventional Commits, one release behind it, a good change and a bad one.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DEVELOPER = ["-c", "user.name=Developer", "-c", "user.email=dev@example.test"];

export class TeamRepository {
  readonly root: string;

  constructor(root: string, policy: string) {
    this.root = root;
    cpSync(new URL("service", import.meta.url), root, { recursive: true });
    this.git("init", "--quiet", "--initial-branch=main");
    this.write(".gitignore", ".holdpoint\nnode_modules\nreports\n*.db*\n");
    this.write("holdpoint.yaml", policy);
    this.npm();
    this.commit("feat: show rates and take applications");
    this.git("tag", "--annotate", "v1.0.0", "--message", "Mortgage rates 1.0.0");
  }

  get head(): string {
    return this.git("rev-parse", "HEAD");
  }

  /** A feature with an expand migration: a new nullable column, and rates for ten-year loans. */
  addTerm(): void {
    this.write("migrations/0002-term.sql", "ALTER TABLE applications ADD COLUMN years INTEGER;\n");
    this.commit(
      "feat(applications): make room for the term of a loan\n\nThe column is nullable, so the version that serves now does not see it.",
    );
    this.edit(
      "rates.ts",
      "return years <= 15",
      "if (years <= 10) return 4.6;\n  return years <= 15",
    );
    this.edit(
      "test/rates.test.ts",
      "test(",
      'test("ten years cost least", () => {\n  assert.ok(rateFor(10) < rateFor(15));\n});\n\ntest(',
    );
    // MM-24: a minor tells what is known to be wrong with it.
    this.write("docs/releases/1.1.0/known-issues.md", "None are known.\n");
    this.commit("feat(rates): offer loans over ten years");
  }

  /** A change that passes its tests and fails a third of its requests in production. */
  addFault(): void {
    this.edit(
      "server.ts",
      "const years = Number",
      'if (Math.random() < 1 / 3) throw new Error("the rate provider did not answer");\n      const years = Number',
    );
    this.commit("fix(rates): ask the rate provider for today's rates");
  }

  /** Brings the database of an environment to the schema of the work tree, as it was done before Holdpoint came. */
  migrate(environment: string): void {
    const env = { ...process.env, HOLDPOINT_ENVIRONMENT: environment };
    execFileSync(process.execPath, ["migrate.ts"], { cwd: this.root, env, stdio: "ignore" });
  }

  private npm(): void {
    const lock = {
      name: "mortgage-rates",
      version: "1.0.0",
      lockfileVersion: 3,
      requires: true,
      packages: { "": { name: "mortgage-rates", version: "1.0.0" } },
    };
    this.write("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  }

  private write(file: string, text: string): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  private edit(file: string, before: string, after: string): void {
    const text = readFileSync(join(this.root, file), "utf8");
    if (!text.includes(before)) throw new Error(`${file} does not contain ${before}`);
    this.write(file, text.replace(before, after));
  }

  private commit(message: string): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", message);
  }

  private git(...argv: string[]): string {
    return execFileSync("git", [...DEVELOPER, ...argv], {
      cwd: this.root,
      encoding: "utf8",
    }).trim();
  }
}
