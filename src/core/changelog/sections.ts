// The sections of notes and changelogs are data: a policy says which there are and which changes stand in each.
import type { Change } from "../versioning/reverts.ts";

/** Which changes a section takes: those that fit everything said here. */
interface Take {
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
  return sorterOf(sections)(changes);
}

/** `inSections` for many releases: what does not depend on the changes is worked out once. */
export function sorterOf<Of extends Section>(
  sections: readonly Of[],
): (changes: readonly Change[]) => readonly (readonly [section: Of, changes: readonly Change[]])[] {
  // The best knowledge first, and of equals the first section: then the first that fits has the change.
  const takers = sections
    .flatMap(({ take }, section) => take.map((one) => ({ take: one, section })))
    .sort((a, b) => weightOf(b.take) - weightOf(a.take));
  const takersOf = new Map<string, typeof takers>();
  const those = (type: string) => {
    const known = takersOf.get(type);
    if (known !== undefined) return known;
    const found = takers.filter(({ take }) => take.types?.includes(type) ?? true);
    takersOf.set(type, found);
    return found;
  };
  return (changes) => {
    const taken = sections.map((section) => [section, [] as Change[]] as const);
    for (const change of changes) {
      for (const { take, section } of those(change.message.type ?? "")) {
        if (!fits(change.message, take)) continue;
        taken[section]?.[1].push(change);
        break;
      }
    }
    return taken;
  };
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

/** Whether a take fits a change whose type it takes. */
function fits(message: Change["message"], { labels, footers, scopes, breaking }: Take): boolean {
  if (breaking !== undefined && message.breaking !== breaking) return false;
  if (scopes !== undefined && !scopes.includes(message.scope ?? "")) return false;
  if (labels !== undefined && !haveLabel(message, labels)) return false;
  return footers === undefined || haveFooter(message, footers);
}

// Functions of their own: one that holds others makes room for what they see each time it is called.
function haveLabel(message: Change["message"], wanted: readonly string[]): boolean {
  return labelsOf(message).some((label) => wanted.includes(label));
}

function haveFooter({ footers }: Change["message"], names: readonly string[]): boolean {
  const wanted = names.map((name) => name.toLowerCase());
  return footers.some(({ token }) => wanted.includes(token.toLowerCase()));
}

const NONE: readonly string[] = [];

function labelsOf({ footers }: Change["message"]): readonly string[] {
  if (footers.length === 0) return NONE;
  return footers
    .filter(({ token }) => /^labels?$/i.test(token))
    .flatMap(({ value }) => value.split(/[\s,]+/));
}
