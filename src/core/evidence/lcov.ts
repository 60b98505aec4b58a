import { ok, type Result } from "../base/result.ts";
import { count, percent, present, type Reading, type Report, unreadable } from "./report.ts";

const EXPECTS = "an LCOV trace (sections from SF: to end_of_record)";

/**
 * LCOV trace files, as geninfo(1) describes them. Figures: `lines`, `branches`, `functions`, each the share that was
 * run, in per cent, cut to two decimals; left out where the trace finds none of the kind. Each section counts by its
 * own totals (LF/LH, BRF/BRH, FNF/FNH), or by its single records (DA, BRDA, FNDA) where it states no totals. A file
 * with several sections counts once for each.
 */
export const lcov: Report = {
  expects: EXPECTS,
  figures: ["lines", "branches", "functions"],
  read(text): Reading {
    const all = { lines: none(), branches: none(), functions: none() };
    let section: Section | null = null;
    let sections = 0;
    for (const [index, raw] of text.split("\n").entries()) {
      const row = raw.trim();
      if (row === "" || row.startsWith("TN:") || row.startsWith("#")) continue;
      const step = read(row, section);
      if (!step.ok)
        return unreadable(`${step.error} at line ${index + 1}; ${EXPECTS} was expected.`);
      if (section !== null && step.value === null) {
        for (const kind of KINDS) add(all[kind], section[kind]);
        sections += 1;
      }
      section = step.value;
    }
    if (section !== null)
      return unreadable(`The trace ends within a section; ${EXPECTS} was expected.`);
    if (sections === 0) return unreadable(`The trace has no section; ${EXPECTS} was expected.`);
    return ok(
      present({
        lines: percent(all.lines.hit, all.lines.found),
        branches: percent(all.branches.hit, all.branches.found),
        functions: percent(all.functions.hit, all.functions.found),
      }),
    );
  },
};

const KINDS = ["lines", "branches", "functions"] as const;
type Kind = (typeof KINDS)[number];

interface Totals {
  found: number;
  hit: number;
}
/** What a section states, and what its single records come to. */
interface Counted extends Totals {
  statedFound: number | null;
  statedHit: number | null;
}
type Section = Record<Kind, Counted>;

const none = (): Totals => ({ found: 0, hit: 0 });
const blank = (): Counted => ({ ...none(), statedFound: null, statedHit: null });

/** Records with a total, and which. */
const TOTALS: Readonly<Record<string, readonly [Kind, "statedFound" | "statedHit"]>> = {
  LF: ["lines", "statedFound"],
  LH: ["lines", "statedHit"],
  BRF: ["branches", "statedFound"],
  BRH: ["branches", "statedHit"],
  FNF: ["functions", "statedFound"],
  FNH: ["functions", "statedHit"],
};
/** Records of one line, branch or function, and the place of the hits among their fields. */
const SINGLES: Readonly<Record<string, readonly [Kind, (fields: string[]) => string | undefined]>> =
  {
    DA: ["lines", (fields) => fields[1]],
    BRDA: ["branches", (fields) => fields.at(-1)],
    FNDA: ["functions", (fields) => fields[0]],
  };

/** The section after a row: a new one, the same one, or null after its end. */
function read(row: string, section: Section | null): Result<Section | null, string> {
  if (row === "end_of_record")
    return section === null ? no("A section ends that has not begun") : ok(null);
  const [, key, value] = /^([A-Z]{1,8}):(.*)$/.exec(row) ?? [];
  if (key === undefined || value === undefined) return no("There is no LCOV record");
  if (key === "SF")
    return section === null
      ? ok({ lines: blank(), branches: blank(), functions: blank() })
      : no("A section begins within another");
  if (section === null) return no("A record stands outside a section");
  return note(section, key, value) ? ok(section) : no(`The record ${key} is malformed`);
}

function note(section: Section, key: string, value: string): boolean {
  const total = Object.hasOwn(TOTALS, key) ? TOTALS[key] : undefined;
  if (total !== undefined) {
    const stated = count(value);
    section[total[0]][total[1]] = stated;
    return stated !== null;
  }
  const single = Object.hasOwn(SINGLES, key) ? SINGLES[key] : undefined;
  if (single === undefined) return true;
  const hits = single[1](value.split(","));
  if (hits === undefined || !/^(?:-|-?\d{1,20})$/.test(hits)) return false;
  section[single[0]].found += 1;
  section[single[0]].hit += Number(hits) > 0 ? 1 : 0;
  return true;
}

function add(all: Totals, part: Counted): void {
  const stated = part.statedFound !== null && part.statedHit !== null;
  const found = stated ? (part.statedFound ?? 0) : part.found;
  all.found += found;
  all.hit += Math.min(found, stated ? (part.statedHit ?? 0) : part.hit);
}

const no = (error: string): { ok: false; error: string } => ({ ok: false, error });
