// What a policy change is, and what it would have made of the releases that were.
import type { Difference } from "#core/policy/differences.ts";
import { type Hindsight, OUTCOMES, sayOutcome } from "#core/simulation/recorded/outcome.ts";
import { type Paint, plain } from "../text.ts";

export function diffLines(
  changes: readonly Difference[],
  releases: readonly Hindsight[],
  paint: Paint,
): string[] {
  const others = releases.filter(({ outcome }) => outcome !== "same");
  return [
    paint.strong(changes.length === 0 ? "The policies say the same." : "What changed:"),
    ...changes.map((change) => changeLine(change, paint)),
    "",
    paint.strong(`Of ${releases.length} recorded releases: ${counted(releases)}`),
    ...others.flatMap((one) => releaseLines(one, paint)),
  ];
}

function changeLine({ path, was, is }: Difference, paint: Paint): string {
  if (was === null) return paint.good(plain(`  + ${path}: ${is}`));
  if (is === null) return paint.bad(plain(`  - ${path}: ${was}`));
  return plain(`  ~ ${path}: ${was} -> ${is}`);
}

function counted(releases: readonly Hindsight[]): string {
  const said = OUTCOMES.flatMap((outcome) => {
    const many = releases.filter((one) => one.outcome === outcome).length;
    return many === 0 ? [] : [`${many} ${outcome}`];
  });
  return said.join(", ") || "none has ended yet";
}

function releaseLines({ release, type, outcome, by, because }: Hindsight, paint: Paint): string[] {
  const line = `  ${plain(release)} (${plain(type)}): ${sayOutcome({ outcome, by })}`;
  const painted =
    outcome === "allowed" || outcome === "sooner" ? paint.good(line) : paint.bad(line);
  return [painted, ...because.map((why) => `      ${plain(why)}`)];
}
