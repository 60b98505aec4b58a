import type { Finding } from "#core/policy/finding.ts";
import { type Positions, placeOf } from "./positions.ts";
import { type Problem, sayPath } from "./problem.ts";

/** What was found out about a sound-looking policy, at its places in the file and in their order. */
export function locate(
  findings: readonly Finding[],
  positions: Positions,
  file: string,
): readonly Problem[] {
  return findings
    .map(({ rule, severity, path, part, sentence, remedy }): Problem => {
      const place = placeOf(positions, path, part);
      return { file, ...place, severity, code: rule, where: sayPath(path), sentence, remedy };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
