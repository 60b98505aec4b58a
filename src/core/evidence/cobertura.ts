import { ok } from "../base/result.ts";
import { count, percent, present, type Report, unreadable } from "./report.ts";
import { type Element, type Walker, walkXml, type XmlRules } from "./xml.ts";

const RULES: XmlRules = {
  roots: ["coverage"],
  expects: "a Cobertura report (<coverage line-rate=... >)",
  // Istanbul names the format's document type in every report. Only this bare form, which declares nothing, goes.
  doctype: /^\s*coverage\s+SYSTEM\s+(?:"[^"[\]<>]*"|'[^'[\]<>]*')\s*$/,
};

/**
 * Cobertura coverage XML. Figures: `lines` and `branches` in per cent, cut to two decimals, from the counts of the root
 * (lines-covered of lines-valid) or, where it has none, from its rates; `functions` from the methods that are listed,
 * a method being run when any of its lines is. A kind of which the report finds none is left out.
 */
export const cobertura: Report = {
  expects: RULES.expects,
  figures: ["lines", "branches", "functions"],
  read(text) {
    const tally: Tally = { root: null, methods: 0, run: 0, method: null };
    const walked = walkXml(text, RULES, walkerOf(tally));
    if (!walked.ok) return walked;
    const lines = share("line", tally.root);
    const branches = share("branch", tally.root);
    if (lines === "wrong" || branches === "wrong")
      return unreadable(
        `The rates or counts of <coverage> are no numbers; ${RULES.expects} was expected.`,
      );
    if (lines === "unsaid")
      return unreadable(`<coverage> states no line coverage; ${RULES.expects} was expected.`);
    return ok(
      present({
        lines,
        branches: branches === "unsaid" ? null : branches,
        functions: percent(tally.run, tally.methods),
      }),
    );
  },
};

interface Tally {
  root: Element | null;
  methods: number;
  run: number;
  /** Depth of the method under way, and whether any of its lines was run. */
  method: { depth: number; run: boolean } | null;
}

function walkerOf(tally: Tally): Walker {
  return {
    open(element, depth) {
      if (depth === 0) tally.root = element;
      if (element.name === "method" && tally.method === null) {
        tally.methods += 1;
        tally.method = { depth, run: positive(element.attributes.get("hits")) };
      } else if (element.name === "line" && tally.method !== null) {
        tally.method.run ||= positive(element.attributes.get("hits"));
      }
    },
    close(_, depth) {
      if (tally.method?.depth !== depth) return;
      if (tally.method.run) tally.run += 1;
      tally.method = null;
    },
  };
}

const positive = (hits: string | undefined) => (count(hits) ?? 0) > 0;

function share(kind: "line" | "branch", root: Element | null): number | null | "wrong" | "unsaid" {
  const prefix = kind === "line" ? "lines" : "branches";
  const covered = root?.attributes.get(`${prefix}-covered`);
  const valid = root?.attributes.get(`${prefix}-valid`);
  if (covered !== undefined && valid !== undefined) {
    const [hit, found] = [count(covered), count(valid)];
    return hit === null || found === null || hit > found ? "wrong" : percent(hit, found);
  }
  const rate = root?.attributes.get(`${kind}-rate`);
  return rate === undefined ? "unsaid" : percentOf(rate);
}

/** A rate such as 0.8571 in per cent. The digits are moved, not multiplied, so that 0.29 is 29 and not 28.99. */
function percentOf(rate: string): number | "wrong" {
  const [, whole, fraction = ""] = /^([01])(?:\.(\d{1,20}))?$/.exec(rate.trim()) ?? [];
  if (whole === undefined) return "wrong";
  const digits = Number(whole) * 10_000 + Number(fraction.padEnd(4, "0").slice(0, 4));
  return digits > 10_000 ? "wrong" : digits / 100;
}
