import { z } from "zod";
import { ok } from "../base/result.ts";
import { readJson } from "./json.ts";
import { type Figures, type Report, unreadable } from "./report.ts";

const EXPECTS = "a SARIF 2.1.0 log";

const level = z.enum(["none", "note", "warning", "error"]);
const index = z.number().int().min(-1);

const component = z.object({
  rules: z
    .array(
      z.object({
        id: z.string().optional(),
        defaultConfiguration: z.object({ level: level.optional() }).optional(),
      }),
    )
    .optional(),
});

const result = z.object({
  ruleId: z.string().optional(),
  ruleIndex: index.optional(),
  rule: z
    .object({
      id: z.string().optional(),
      index: index.optional(),
      toolComponent: z.object({ index: index.optional() }).optional(),
    })
    .optional(),
  kind: z.enum(["notApplicable", "pass", "fail", "review", "open", "informational"]).optional(),
  level: level.optional(),
  baselineState: z.enum(["new", "unchanged", "updated", "absent"]).optional(),
  suppressions: z
    .array(z.object({ status: z.enum(["accepted", "underReview", "rejected"]).optional() }))
    .nullish(),
});

const run = z.object({
  tool: z.object({ driver: component, extensions: z.array(component).optional() }),
  invocations: z.array(z.object({ executionSuccessful: z.boolean() })).optional(),
  results: z.array(result).nullish(),
});

const shape = z.object({
  version: z.string().regex(/^2\.\d+\.\d+/),
  runs: z.array(run).min(1),
});

type Run = z.infer<typeof run>;
type Found = z.infer<typeof result>;

/**
 * SARIF 2.1.0 logs (OASIS). Figures over all runs:
 * - `errors`, `warnings`, `notes`: results by level; a result without one has its rule's, else `warning` (3.27.10);
 * - `suppressed`: results that somebody accepted; they count nowhere else (3.27.23);
 * - `new`, `unchanged`, `updated`: results by baseline state, where the log was compared with an earlier one (3.27.24).
 *
 * Results that are gone (`absent`) or that say no fault (a `kind` other than `fail`) count nowhere. A run that failed,
 * or that never came to results (3.14.23), is an error: an analysis that broke off found nothing to be proud of.
 */
export const sarif: Report = {
  expects: EXPECTS,
  figures: ["errors", "warnings", "notes", "suppressed", "new", "unchanged", "updated"],
  read(text) {
    const log = readJson(text, shape, EXPECTS);
    if (!log.ok) return log;
    const { runs } = log.value;
    if (runs.some(({ results }) => !results))
      return unreadable("A run of the log has no results: the analysis did not come to its end.");
    if (runs.some(failed))
      return unreadable("The log says that the analysis failed, so its results prove nothing.");
    return ok(figuresOf(runs));
  },
};

const failed = ({ invocations }: Run) =>
  invocations?.some(({ executionSuccessful }) => !executionSuccessful) === true;

const LEVELS = { error: "errors", warning: "warnings", note: "notes" } as const;

function figuresOf(runs: readonly Run[]): Figures {
  const figures: Record<string, number> = { errors: 0, warnings: 0, notes: 0, suppressed: 0 };
  const compared = runs.some(({ results }) => results?.some(({ baselineState }) => baselineState));
  if (compared) Object.assign(figures, { new: 0, unchanged: 0, updated: 0 });
  const add = (name: string) => {
    figures[name] = (figures[name] ?? 0) + 1;
  };
  for (const run of runs) {
    const levels = levelsById(run);
    for (const found of run.results ?? []) {
      const level = levelOf(found, run, levels);
      if (found.baselineState === "absent" || level === "none") continue;
      if (isSuppressed(found)) {
        add("suppressed");
        continue;
      }
      add(LEVELS[level]);
      if (found.baselineState !== undefined) add(found.baselineState);
    }
  }
  return figures;
}

type Level = z.infer<typeof level>;

function levelOf(found: Found, run: Run, levels: ReadonlyMap<string, Level>): Level {
  if (found.kind !== undefined && found.kind !== "fail") return "none";
  if (found.level !== undefined) return found.level;
  const of = found.rule?.toolComponent?.index;
  const part = of === undefined || of < 0 ? run.tool.driver : run.tool.extensions?.[of];
  const place = found.rule?.index ?? found.ruleIndex ?? -1;
  const byPlace = place < 0 ? undefined : part?.rules?.[place]?.defaultConfiguration?.level;
  return byPlace ?? levels.get(found.rule?.id ?? found.ruleId ?? "") ?? "warning";
}

function levelsById({ tool }: Run): Map<string, Level> {
  const rules = [tool.driver, ...(tool.extensions ?? [])].flatMap((part) => part.rules ?? []);
  return new Map(
    rules.flatMap(({ id, defaultConfiguration }) =>
      id !== undefined && defaultConfiguration?.level !== undefined
        ? [[id, defaultConfiguration.level] as const]
        : [],
    ),
  );
}

function isSuppressed({ suppressions }: Found): boolean {
  if (!suppressions || suppressions.length === 0) return false;
  return suppressions.every(({ status }) => status === undefined || status === "accepted");
}
