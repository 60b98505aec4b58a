import { cobertura } from "./cobertura.ts";
import { junit } from "./junit.ts";
import { lcov } from "./lcov.ts";
import { npmAudit } from "./npm-audit.ts";
import { MAX_SIZE, type Reading, type Report, unreadable } from "./report.ts";
import { sarif } from "./sarif.ts";

/** Every report format that evidence can come in. The key is the word the policy uses. */
export const REPORTS = { junit, lcov, cobertura, sarif, "npm-audit": npmAudit } as const;

/**
 * The figures of a report, or why the text is not such a report and what was expected. Pure and total: a malformed,
 * truncated, empty or oversized text is an error value.
 */
export function readReport(format: keyof typeof REPORTS, text: string): Reading {
  const report: Report = REPORTS[format];
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (bare.trim() === "") return unreadable(`The report is empty; ${report.expects} was expected.`);
  if (bare.length > MAX_SIZE)
    return unreadable(`The report is longer than ${MAX_SIZE} characters; that is not read.`);
  return report.read(bare);
}
