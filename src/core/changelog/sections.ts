// The sections of notes and changelogs are data: a policy says which there are and which changes stand in each.
import type { Change } from "../versioning/reverts.ts";

/** Which changes a section takes: those that fit everything said here. */
export interface Take {
  /** Words of the footer `Label:` or `Labels:`, one of which it must have. */
  readonly labels?: readonly string[] | undefined;
  /** Footers, one of which it must have. */
  readonly footers?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly breaking?: boolean | undefined;
  readonly types?: readonly string[] | undefined;
}

export interface Section {
  readonly title: string;
  readonly take: readonly Take[];
}

/** The sections of a changelog where the policy names none: those of Keep a Changelog 1.1.0. */
export const CHANGELOG_SECTIONS: readonly Section[] = [
  { title: "Added", take: [{ types: ["feat", "feature"] }] },
  { title: "Changed", take: [{ breaking: true }, { types: ["perf", "revert", "change"] }] },
  { title: "Deprecated", take: [{ types: ["deprecate", "deprecated"] }] },
  { title: "Removed", take: [{ types: ["remove", "removed"] }] },
  { title: "Fixed", take: [{ types: ["fix", "hotfix"] }] },
  {
    title: "Security",
    take: [{ types: ["security"] }, { scopes: ["security"] }, { labels: ["security"] }],
  },
];

/** The sections of release notes where the policy names none. */
export const NOTES_SECTIONS: readonly Section[] = [
  { title: "Breaking changes", take: [{ breaking: true }] },
  { title: "Features", take: [{ types: ["feat", "feature"] }] },
  { title: "Fixes", take: [{ types: ["fix", "hotfix", "security"] }] },
  { title: "Performance", take: [{ types: ["perf"] }] },
  { title: "Other", take: [{}] },
];

/**
 * The changes of each section, in their order; a change that no section takes stands nowhere. Where several take it, the
 * one that knows it best has it: by its label, else by a footer, else by its scope, else because it breaks, else by its
 * type; the first of equals. So `feat(api)` stands under the changes of the API, wherever the features stand.
 */
export function inSections<Of extends Section>(
  changes: readonly Change[],
  sections: readonly Of[],
): readonly (readonly [section: Of, changes: readonly Change[]])[] {
  const taken = sections.map((section) => [section, [] as Change[]] as const);
  for (const change of changes) {
    let best: Change[] | null = null;
    let most = -1;
    for (const [{ take }, there] of taken) {
      const knows = knowledge(change, take);
      if (knows > most) [best, most] = [there, knows];
    }
    best?.push(change);
  }
  return taken;
}

/** How well a section knows a change; -1 where it does not take it. */
function knowledge(change: Change, takes: readonly Take[]): number {
  let most = -1;
  for (const take of takes) {
    const weight = weightOf(take);
    if (weight > most && fits(change, take)) most = weight;
  }
  return most;
}

function weightOf({ labels, footers, scopes, breaking, types }: Take): number {
  return (
    (labels ? 16 : 0) +
    (footers ? 8 : 0) +
    (scopes ? 4 : 0) +
    (breaking === undefined ? 0 : 2) +
    (types ? 1 : 0)
  );
}

function fits({ message }: Change, { labels, footers, scopes, breaking, types }: Take): boolean {
  if (types !== undefined && !types.includes(message.type ?? "")) return false;
  if (breaking !== undefined && message.breaking !== breaking) return false;
  if (scopes !== undefined && !scopes.includes(message.scope ?? "")) return false;
  const has = (wanted: string) =>
    message.footers.some(({ token }) => token.toLowerCase() === wanted.toLowerCase());
  if (footers !== undefined && !footers.some(has)) return false;
  return labels === undefined || labelsOf(message).some((label) => labels.includes(label));
}

function labelsOf({ footers }: Change["message"]): readonly string[] {
  return footers
    .filter(({ token }) => /^labels?$/i.test(token))
    .flatMap(({ value }) => value.split(/[\s,]+/));
}
