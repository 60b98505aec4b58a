// `node bench/accuracy/main.ts --histories DIR`: the predicted bump beside the one that really happened, for every pair of
// tags of every repository, by the command line alone. Ends with 1 below the target.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { VersionAnswer } from "#app/versions.ts";
import { hasFiles, type Row, repositoryOf, rowsOf, rulesFileOf } from "./histories.ts";

const TARGET = 0.995;
const HOLDPOINT = fileURLToPath(new URL("../../bin/holdpoint.mjs", import.meta.url));

const { values } = parseArgs({ options: { histories: { type: "string" } } });
if (values.histories === undefined) {
  process.stderr.write("Say where the histories are: --histories DIR.\n");
  process.exit(2);
}
const histories = values.histories;
const top = mkdtempSync(join(tmpdir(), "holdpoint-accuracy-"));
try {
  process.exitCode = judge() ? 0 : 1;
} finally {
  rmSync(top, { recursive: true });
}

interface Outcome {
  readonly name: string;
  readonly pairs: number;
  readonly right: number;
  readonly misses: readonly string[];
  /** Why the pairs cannot be judged; empty where they can. */
  readonly unfit: string;
}

function judge(): boolean {
  const pairs = rowsOf(join(histories, "pairs.csv"));
  const outcomes = rowsOf(join(histories, "rules.csv")).map((rules) =>
    outcomeOf(
      rules,
      pairs.filter((pair) => isOf(pair, rules)),
    ),
  );
  console.log("| repository | pairs | right | share |\n| --- | ---: | ---: | ---: |");
  for (const outcome of outcomes) console.log(`| ${cells(outcome)} |`);
  const fit = outcomes.filter(({ unfit }) => unfit === "");
  const all = total("all that can be judged", fit);
  console.log(`| ${cells(all)} |`);
  console.log(`| ${cells(total("all", outcomes))} |\n`);
  for (const { name, misses, unfit } of outcomes) {
    if (unfit !== "") console.log(`${name}: ${unfit}`);
    else for (const miss of misses) console.log(`${name}: ${miss}`);
  }
  return all.pairs > 0 && all.right / all.pairs >= TARGET;
}

/** A pair belongs to the rules of its repository and component that held on its day. */
function isOf(pair: Row, rules: Row): boolean {
  const day = pair["date"] ?? "";
  return (
    pair["repo"] === rules["repo"] &&
    pair["component"] === rules["component"] &&
    (rules["since"] === "" || (rules["since"] ?? "") <= day) &&
    (rules["until"] === "" || day < (rules["until"] ?? ""))
  );
}

function outcomeOf(rules: Row, pairs: readonly Row[]): Outcome {
  const name = [rules["repo"], rules["component"]].filter((part) => part !== "").join(" ");
  const root = repositoryOf(histories, rules["repo"] ?? "", top);
  if (root === null) return { name, pairs: 0, right: 0, misses: [], unfit: "there is no history" };
  const answers = askAll(root, rules, pairs);
  const misses = pairs.flatMap((pair, at) => {
    const answer = answers[at];
    return answer === undefined || answer.bump === pair["actual_bump"]
      ? []
      : [missOf(pair, answer)];
  });
  const unfit =
    rules["paths"] !== "" && !hasFiles(root)
      ? "its rules go by paths, and its history has no files: only what needs none can be right"
      : "";
  return { name, pairs: pairs.length, right: pairs.length - misses.length, misses, unfit };
}

function askAll(root: string, rules: Row, pairs: readonly Row[]): readonly VersionAnswer[] {
  const file = join(top, "rules.json");
  writeFileSync(file, JSON.stringify(rulesFileOf(rules)));
  const ranges = pairs.map((pair) => `${pair["prev_tag"]}..${pair["next_tag"]}`);
  const argv = [HOLDPOINT, "version", "--range", "-", "--rules", file, "--json"];
  const out = execFileSync(process.execPath, argv, {
    cwd: root,
    input: ranges.join("\n"),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  return JSON.parse(out) as readonly VersionAnswer[];
}

function missOf(pair: Row, { bump, reasons, counted }: VersionAnswer): string {
  const why = reasons.map(({ subject, because }) => `${subject} (${because})`)[0];
  const heard = why ?? `none of ${counted} commits asks for anything`;
  return `${pair["prev_tag"]} to ${pair["next_tag"]} was ${pair["actual_bump"]}, the rules say ${bump}: ${heard}`;
}

function cells({ name, pairs, right }: Outcome): string {
  const share = pairs === 0 ? "" : `${((100 * right) / pairs).toFixed(2)} %`;
  return [name, pairs, right, share].join(" | ");
}

function total(name: string, outcomes: readonly Outcome[]): Outcome {
  const sum = (pick: (outcome: Outcome) => number) =>
    outcomes.reduce((all, outcome) => all + pick(outcome), 0);
  return {
    name,
    pairs: sum((one) => one.pairs),
    right: sum((one) => one.right),
    misses: [],
    unfit: "",
  };
}
