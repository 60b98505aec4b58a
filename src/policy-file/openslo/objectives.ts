// All documents together: what refers to what, and the objectives that come of it.
import type { Json } from "#core/base/canonical.ts";
import { quoted } from "#core/base/words.ts";
import type { Path, Problem } from "../problem.ts";
import { problemAt, type SloDocument } from "./documents.ts";
import { type SloSaid, translate } from "./objective.ts";
import type {
  AlertPolicySpec,
  ConditionSpec,
  IndicatorSpec,
  SloKind,
  SloObjective,
  SloSpec,
} from "./shape.ts";

export interface SloObjectives {
  /** Objectives by name, as a policy's author would have written them. */
  readonly objectives: ReadonlyMap<string, Json>;
  readonly problems: readonly Problem[];
  /** What was read, a sentence each. */
  readonly read: readonly string[];
}

/** Turns documents into objectives; what is wrong with one of them does not hide what is wrong with the next. */
export function objectivesOf(documents: readonly SloDocument[]): SloObjectives {
  const problems: Problem[] = [];
  const objectives = new Map<string, Json>();
  const read: string[] = [];
  const known = new Map<string, SloDocument>();
  for (const document of documents) {
    const { kind, metadata } = document;
    const twice = known.has(`${kind} ${metadata.name}`);
    known.set(`${kind} ${metadata.name}`, document);
    const sentence = `${kind} ${quoted(metadata.name)} stands twice`;
    if (twice)
      problems.push(problemAt(document, ["metadata", "name"], { sentence, remedy: "Keep one" }));
  }
  const find: Find = (kind, name) => known.get(`${kind} ${name}`);
  for (const document of documents) {
    const { kind, file, metadata } = document;
    const unused = UNUSED[kind];
    if (unused !== undefined) read.push(`${file}: ${kind} ${metadata.name} is not used: ${unused}`);
    if (kind !== "SLO") continue;
    const at = new Reader(document, find);
    for (const [name, one] of at.objectives()) {
      if (objectives.has(name))
        at.wrong(["metadata", "name"], `the objective ${quoted(name)} stands twice`, "Rename one");
      objectives.set(name, one);
      read.push(`${file}: SLO ${metadata.name} is read as the objective ${name}`);
    }
    problems.push(...at.problems);
  }
  return { objectives, problems, read };
}

type Find = (kind: SloKind, name: string) => SloDocument | undefined;

const UNUSED: Partial<Record<SloKind, string>> = {
  DataSource: "where figures come from stands in the policy's environments",
  AlertNotificationTarget: "who is alerted stands in the policy's alerts",
};

/** One SLO, with what it refers to. */
class Reader {
  readonly problems: Problem[] = [];
  private readonly document: SloDocument;
  private readonly spec: SloSpec;
  private readonly find: Find;

  constructor(document: SloDocument, find: Find) {
    this.document = document;
    this.spec = document.spec as SloSpec;
    this.find = find;
  }

  wrong(path: Path, sentence: string, remedy: string): void {
    this.problems.push(problemAt(this.document, path, { sentence, remedy }));
  }

  objectives(): readonly (readonly [string, Json])[] {
    const { metadata } = this.document;
    if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(metadata.name) || metadata.name.length > 60) {
      const remedy = "Use lower-case letters, digits and single hyphens, a letter first";
      this.wrong(["metadata", "name"], "its name cannot name an objective of a policy", remedy);
    }
    const said = this.said();
    if (said === null) return [];
    const shared = { ...this.period(), ...this.alerts() };
    const { objectives } = this.spec;
    return objectives.flatMap((one, index) => {
      const translated = this.translated(one, index, said);
      if (translated === null) return [];
      const name = objectives.length === 1 ? metadata.name : `${metadata.name}-${index + 1}`;
      return [[name, { ...translated, ...shared }] as const];
    });
  }

  private translated(one: SloObjective, index: number, said: SloSaid) {
    return translate(one, said, (path, sentence, remedy) => {
      const [first] = path;
      const isOwn = first === undefined ? false : first !== "budgetingMethod";
      const base: Path = isOwn ? ["spec", "objectives", index] : ["spec"];
      this.wrong([...base, ...path], sentence, remedy);
    });
  }

  /** Its indicator, wherever it stands. */
  private said(): SloSaid | null {
    const { indicator, indicatorRef } = this.spec;
    if ((indicator === undefined) === (indicatorRef === undefined)) {
      this.wrong(["spec"], "an SLO has one of indicator and indicatorRef", "Write one of them");
      return null;
    }
    const found = indicatorRef === undefined ? indicator : this.find("SLI", indicatorRef);
    if (found === undefined) {
      const sentence = `there is no SLI ${quoted(indicatorRef ?? "")}`;
      this.wrong(["spec", "indicatorRef"], sentence, "Name its file in `openslo`, too");
      return null;
    }
    const metric = this.metricOf(found.spec as IndicatorSpec);
    if (metric === null) return null;
    const own = this.document.metadata.annotations;
    const annotations = { ...found.metadata?.annotations, ...own };
    return { spec: this.spec, annotations, metric };
  }

  private metricOf({ thresholdMetric, ratioMetric }: IndicatorSpec): SloSaid["metric"] | null {
    const { indicator } = this.spec;
    const path = indicator === undefined ? ["spec", "indicatorRef"] : ["spec", "indicator", "spec"];
    if ((thresholdMetric === undefined) === (ratioMetric === undefined)) {
      const sentence = "an indicator has one of thresholdMetric and ratioMetric";
      this.wrong(path, sentence, "Write one of them");
      return null;
    }
    if (ratioMetric === undefined) return "threshold";
    const { good, bad, total, raw, rawType } = ratioMetric;
    const isCounted = total !== undefined && (good === undefined) !== (bad === undefined);
    const isRaw = raw !== undefined && rawType !== undefined;
    const none = good === undefined && bad === undefined && total === undefined;
    if (isRaw ? none : isCounted && raw === undefined) return "ratio";
    const sentence = "a ratioMetric has total with good or bad, or else raw with rawType";
    this.wrong(path, sentence, "Write one of the two");
    return null;
  }

  private period(): { over?: string } {
    const told = this.spec.timeWindow?.[0]?.duration;
    if (told === undefined) return {};
    const over = days(told);
    if (over !== null && over >= 1 && over <= 90) return { over: `${over} d` };
    const remedy = "Write 1d to 90d, or 1w to 12w; 28d and 30d are usual";
    this.wrong(["spec", "timeWindow", 0, "duration"], "budgets are over whole days", remedy);
    return {};
  }

  private alerts(): { alerts?: Json } {
    const alerts = this.spec.alertPolicies.flatMap((one, index) => {
      const path: Path = ["spec", "alertPolicies", index];
      const policy = this.referred<AlertPolicySpec>(
        "AlertPolicy",
        one.alertPolicyRef,
        one.spec,
        path,
      );
      if (policy === null || !policy.alertWhenBreaching) return [];
      return policy.conditions.flatMap((told) => {
        const { conditionRef, spec } = told;
        const found = this.referred<ConditionSpec>("AlertCondition", conditionRef, spec, path);
        return found === null ? [] : this.alertOf(found, path);
      });
    });
    return alerts.length > 0 ? { alerts } : {};
  }

  private alertOf({ severity, condition }: ConditionSpec, path: Path): Json[] {
    const { threshold, lookbackWindow, alertAfter } = condition;
    const [over, after] = [lengthOf(lookbackWindow), lengthOf(alertAfter)];
    if (over !== null && after !== null)
      return [{ alert: severity, burns: threshold, over, for: after }];
    this.wrong(path, "its alert looks back over months", "Write minutes, hours, days or weeks");
    return [];
  }

  /** A part that stands here, or in a document of its own. */
  private referred<Spec>(
    kind: SloKind,
    name: string | undefined,
    spec: Spec | undefined,
    path: Path,
  ): Spec | null {
    if ((name === undefined) === (spec === undefined)) {
      this.wrong(path, `an ${kind} stands here or is referred to`, "Write one of the two");
      return null;
    }
    if (spec !== undefined) return spec;
    const found = this.find(kind, name ?? "");
    if (found !== undefined) return found.spec as Spec;
    const sentence = `there is no ${kind} ${quoted(name ?? "")}`;
    this.wrong(path, sentence, "Name its file in `openslo`, too");
    return null;
  }
}

const LENGTHS: Readonly<Record<string, string>> = { m: "min", h: "h", d: "d", w: "weeks" };

/** OpenSLO's shorthand as a policy says it; null for months and longer, which are not always the same. */
function lengthOf(shorthand: string): string | null {
  const unit = LENGTHS[shorthand.slice(-1)];
  return unit === undefined ? null : `${shorthand.slice(0, -1)} ${unit}`;
}

const DAYS: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7 };

function days(shorthand: string): number | null {
  const all = Number(shorthand.slice(0, -1)) * (DAYS[shorthand.slice(-1)] ?? Number.NaN);
  return Number.isInteger(all) ? all : null;
}
