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
    .map(({ rule, path, part, ...found }): Problem => {
      const place = placeOf(positions, path, part);
      return { file, ...place, code: rule, where: sayPath(path), ...found };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
