import { ok } from "../base/result.ts";
import { count, type Figures, type Report } from "./report.ts";
import { type Element, type Walker, walkXml, type XmlRules } from "./xml.ts";

const RULES: XmlRules = {
  roots: ["testsuites", "testsuite"],
  expects: "a JUnit report (<testsuites> or <testsuite>)",
};

/**
 * JUnit XML, the dialect of all the reporters that call it so. Figures:
 * - `tests`: test cases that are listed, whatever came of them;
 * - `failures`, `errors`: test cases that failed, or broke off;
 * - `skipped`: test cases that did not run.
 *
 * Cases are counted, because reporters disagree on what the attributes of nested suites mean. Where the outermost
 * suites claim more failures or errors than cases show, their claim counts: a report is never read better than it says.
 */
export const junit: Report = {
  expects: RULES.expects,
  figures: ["tests", "failures", "errors", "skipped"],
  read(text) {
    const tally = newTally();
    const walked = walkXml(text, RULES, walkerOf(tally));
    return walked.ok ? ok(figuresOf(tally)) : walked;
  },
};

type Fate = "failure" | "error" | "skipped";

interface Tally {
  tests: number;
  readonly cases: Record<Fate, number>;
  /** What the root claims, and what the suites right below it claim together. */
  readonly claims: { failures: number; errors: number }[];
  /** Depth of the test case under way and what has come of it. */
  current: { depth: number; fates: Set<string> } | null;
}

function newTally(): Tally {
  return {
    tests: 0,
    cases: { failure: 0, error: 0, skipped: 0 },
    claims: [
      { failures: 0, errors: 0 },
      { failures: 0, errors: 0 },
    ],
    current: null,
  };
}

function walkerOf(tally: Tally): Walker {
  return {
    open(element, depth) {
      if (element.name === "testcase" && tally.current === null) {
        tally.tests += 1;
        tally.current = { depth, fates: new Set() };
      } else if (tally.current !== null) {
        if (depth === tally.current.depth + 1) tally.current.fates.add(element.name);
      } else {
        claim(tally.claims[depth], element);
      }
    },
    close(_, depth) {
      if (tally.current?.depth !== depth) return;
      for (const fate of ["failure", "error", "skipped"] as const)
        if (tally.current.fates.has(fate)) tally.cases[fate] += 1;
      tally.current = null;
    },
  };
}

function claim(claims: Tally["claims"][number] | undefined, { name, attributes }: Element): void {
  if (claims === undefined || !RULES.roots.includes(name)) return;
  claims.failures += count(attributes.get("failures")) ?? 0;
  claims.errors += count(attributes.get("errors")) ?? 0;
}

function figuresOf({ tests, cases, claims }: Tally): Figures {
  return {
    tests,
    failures: Math.max(cases.failure, ...claims.map(({ failures }) => failures)),
    errors: Math.max(cases.error, ...claims.map(({ errors }) => errors)),
    skipped: cases.skipped,
  };
}
