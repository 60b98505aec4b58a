import { z } from "zod";
import { ok } from "../base/result.ts";
import { readJson } from "./json.ts";
import { type Report, unreadable } from "./report.ts";

const EXPECTS = "the output of `npm audit --json`";

const amount = z.number().int().min(0);
const shape = z.union([
  z.object({
    error: z.undefined().optional(),
    metadata: z.object({
      vulnerabilities: z.object({
        critical: amount,
        high: amount,
        moderate: amount,
        low: amount,
        info: amount.default(0),
      }),
    }),
  }),
  // What npm prints where it could not audit at all: no lock file, no registry.
  z.object({ error: z.object({ code: z.string().nullish() }) }),
  z.object({ message: z.string(), statusCode: z.number().optional() }),
]);

/**
 * `npm audit --json` of npm 7 and later (report version 2), and the form of npm 6, which pnpm still prints. Figures:
 * `critical`, `high`, `moderate`, `low`, `info`: vulnerable packages (npm 6: advisories) by severity; `total`: their sum.
 * Where npm could not audit, its JSON is an error, not a clean report.
 */
export const npmAudit: Report = {
  expects: EXPECTS,
  figures: ["critical", "high", "moderate", "low", "info", "total"],
  read(text) {
    const report = readJson(text, shape, EXPECTS);
    if (!report.ok) return report;
    if (!("metadata" in report.value))
      return unreadable(sayFailed("error" in report.value ? report.value.error.code : null));
    const { critical, high, moderate, low, info } = report.value.metadata.vulnerabilities;
    const total = critical + high + moderate + low + info;
    return ok({ critical, high, moderate, low, info, total });
  },
};

function sayFailed(error: string | null | undefined): string {
  const code = /^[A-Z0-9_]{1,40}$/.test(error ?? "") ? ` (${error})` : "";
  return `npm could not audit${code}, so there are no figures; ${EXPECTS} was expected.`;
}
