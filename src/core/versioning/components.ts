// A repository whose parts have versions of their own: every part from one pass over the history.
import { type Bump, type BumpReason, highest } from "./bump.ts";
import { type Counted, countVersion } from "./count.ts";
import { graphOf } from "./graph.ts";
import type { Warning } from "./near.ts";
import type { CommitRecord } from "./reverts.ts";
import { pathMatcher } from "./scope.ts";
import type { ComponentRules, VersioningRules } from "./shape.ts";
import {
  bumpBetween,
  compareVersions,
  raised,
  type Tagged,
  type TagRecord,
  tagged,
} from "./version.ts";

/** What comes next for one component. */
export interface ComponentPlan {
  readonly component: string;
  readonly previous: Tagged | null;
  readonly bump: Bump;
  /** The next version; the previous one where nothing asks for a bump. */
  readonly version: string;
  readonly reasons: readonly BumpReason[];
  readonly warnings: readonly Warning[];
}

/** The tags of each component, the highest version first. */
export function componentTags(
  tags: readonly TagRecord[],
  { components, hotfix }: Pick<VersioningRules, "components" | "hotfix">,
): ReadonlyMap<string, readonly Tagged[]> {
  return new Map(
    Object.entries(components).map(([name, { tag }]) => [name, tagged(tags, { tag, hotfix })]),
  );
}

/**
 * The next version of every component.
 * - A component counts the commits since its own last tag that touch its paths.
 * - A component that uses another rises with it, by a patch bump at least.
 * - Components of one linked group all take the highest version that one of them comes to.
 * @param tags those that the newest commit reaches
 * @param commits with their files, children before parents; all since the oldest of the components' last tags
 */
export function planComponents(
  { tags, commits }: { tags: readonly TagRecord[]; commits: readonly CommitRecord[] },
  rules: VersioningRules,
): readonly ComponentPlan[] {
  const all = componentTags(tags, rules);
  const names = Object.keys(rules.components);
  const previous = names.map((name) => all.get(name)?.find(isReleased) ?? null);
  const parts = sortOut(commits, { previous, rules, names });
  const own = names.map((component, at): ComponentPlan => {
    const known = all.get(component) ?? [];
    const before = previous[at] ?? null;
    const counted = countVersion({ previous: before, known, commits: parts[at] ?? [] }, rules);
    return { component, previous: before, ...shown(counted) };
  });
  return settle(own, rules.components);
}

const isReleased = ({ means }: Tagged) => means !== "candidate";

function shown({ bump, version, reasons, warnings, changes }: Counted) {
  return changes.length === 0 && bump === "none"
    ? { bump, version, reasons: [], warnings }
    : { bump, version, reasons, warnings };
}

/** The commits of each component: those that its last tag does not contain and that touch its paths. */
function sortOut(
  commits: readonly CommitRecord[],
  {
    previous,
    rules,
    names,
  }: {
    previous: readonly (Tagged | null)[];
    rules: VersioningRules;
    names: readonly string[];
  },
): readonly (readonly CommitRecord[])[] {
  const graph = graphOf(commits);
  const released = new ReleasedBy(graph.length, names.length);
  for (const [at, before] of previous.entries()) {
    const row = before === null ? undefined : graph.row(before.commit);
    if (row !== undefined) released.mark(row, at);
  }
  const matchers = names.map((name) => pathMatcher(rules.components[name]?.paths ?? []));
  const parts = names.map((): CommitRecord[] => []);
  for (const [row, commit] of commits.entries()) {
    for (const parent of graph.parents(row)) released.pass(row, parent);
    for (const [at, matches] of matchers.entries()) {
      if (!released.by(row, at) && (commit.files ?? []).some(matches)) parts[at]?.push(commit);
    }
  }
  return parts;
}

/** Which components' last tags contain a row: bits that go from child to parent. */
class ReleasedBy {
  readonly #words: number;
  readonly #bits: Uint32Array;

  constructor(rows: number, components: number) {
    this.#words = Math.max(1, Math.ceil(components / 32));
    this.#bits = new Uint32Array(rows * this.#words);
  }

  mark(row: number, component: number): void {
    const word = row * this.#words + (component >> 5);
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (component & 31));
  }

  pass(from: number, to: number): void {
    for (let word = 0; word < this.#words; word += 1) {
      const at = to * this.#words + word;
      this.#bits[at] = (this.#bits[at] ?? 0) | (this.#bits[from * this.#words + word] ?? 0);
    }
  }

  by(row: number, component: number): boolean {
    const bits = this.#bits[row * this.#words + (component >> 5)] ?? 0;
    return (bits & (1 << (component & 31))) !== 0;
  }
}

type Components = Readonly<Record<string, ComponentRules>>;

/** Lets dependents and linked components rise until nothing moves any more; each rises only, so this ends. */
function settle(own: readonly ComponentPlan[], components: Components): readonly ComponentPlan[] {
  let plans = own;
  for (let round = 0; round <= own.length * 2; round += 1) {
    const next = linked(dependents(plans, components), components);
    if (next.every((plan, at) => plan === plans[at])) return next;
    plans = next;
  }
  return plans;
}

function dependents(plans: readonly ComponentPlan[], components: Components) {
  return plans.map((plan) => {
    if (plan.bump !== "none" || plan.previous === null) return plan;
    const uses = components[plan.component]?.uses ?? [];
    const risen = plans.filter(
      ({ component, bump }) => uses.includes(component) && bump !== "none",
    );
    if (risen.length === 0) return plan;
    const reasons = risen.map(({ component, version }) => ({
      ...BY_RULE,
      bump: "patch" as const,
      because: `it uses ${component}, which goes to ${version}`,
    }));
    return {
      ...plan,
      bump: "patch" as const,
      version: raised(plan.previous.version, "patch"),
      reasons,
    };
  });
}

const BY_RULE = { commit: "", subject: "" };

function linked(plans: readonly ComponentPlan[], components: Components) {
  return plans.map((plan) => {
    const group = components[plan.component]?.linked;
    if (group === undefined) return plan;
    const members = plans.filter(({ component }) => components[component]?.linked === group);
    const risen = members.filter(({ bump }) => bump !== "none");
    const [top] = risen.toSorted((a, b) => compareVersions(b.version, a.version));
    if (top === undefined || (plan.bump !== "none" && plan.version === top.version)) return plan;
    const { previous, reasons } = plan;
    if (previous !== null && compareVersions(top.version, previous.version) <= 0) return plan;
    const bump = previous === null ? top.bump : bumpBetween(previous.version, top.version);
    const because = `it is linked with ${top.component}, which goes to ${top.version}`;
    return {
      ...plan,
      bump: highest([bump, plan.bump]),
      version: top.version,
      reasons: [...reasons, { ...BY_RULE, bump, because }],
    };
  });
}
