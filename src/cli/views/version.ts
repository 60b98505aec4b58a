import type { VersionAnswer } from "#app/versions.ts";
import { counted } from "#core/base/words.ts";
import type { BumpReason } from "#core/versioning/bump.ts";
import type { ComponentPlan } from "#core/versioning/components.ts";
import { sayWarning } from "#core/versioning/near.ts";
import { shortId } from "#core/versioning/text.ts";
import { columns, type Paint, plain } from "../text.ts";

const MOST_REASONS = 20;

/** The version of a range, for people. */
export function versionLines(answer: VersionAnswer, paint: Paint): string[] {
  const { from, to, previous, bump, version, reasons, warnings, commits } = answer;
  const since = from === null ? "the beginning" : `${from} (${previous ?? "no version"})`;
  const shown = reasons.slice(0, MOST_REASONS);
  return [
    paint.strong(plain(`${version}, ${bump === "none" ? "no" : `a ${bump}`} bump`)),
    plain(`${counted(commits, "commit")} from ${since} to ${to}`),
    ...shown.map((reason) => `  ${plain(sayReason(reason))}`),
    ...(reasons.length > shown.length ? [`  and ${reasons.length - shown.length} more`] : []),
    ...warnings.map((warning) => paint.careful(`warning: ${plain(sayWarning(warning))}`)),
  ];
}

/** What comes next for each component, for people. */
export function componentLines(plans: readonly ComponentPlan[], paint: Paint): string[] {
  const rows = plans.map(({ component, previous, bump, version, reasons }) => [
    component,
    previous?.version ?? "-",
    bump === "none" ? "stays" : version,
    bump,
    reasons
      .filter((reason) => reason.bump === bump)
      .slice(0, 1)
      .map(sayReason)
      .join(""),
  ]);
  const warnings = plans.flatMap((plan) => plan.warnings.map(sayWarning));
  return [
    ...columns(rows.map((row) => row.map(plain))),
    ...[...new Set(warnings)].map((text) => paint.careful(`warning: ${plain(text)}`)),
  ];
}

/** A reason with its commit, in one line. */
export function sayReason({ commit, subject, because }: BumpReason): string {
  return commit === "" ? because : `${shortId(commit)} ${subject}: ${because}`;
}
