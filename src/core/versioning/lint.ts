// Whether a commit message says what it should, before it is in the history for good.
import { listed, nearest, quoted } from "../base/words.ts";
import { type CommitMessage, readCommit } from "./commit.ts";
import { isQuiet } from "./near.ts";
import type { VersioningRules } from "./shape.ts";

/** Something about a message, with its place. */
export interface LintFinding {
  /** An error keeps the message out; a warning is told. */
  readonly severity: "error" | "warning";
  /** 1-based, in the message as it was given. */
  readonly line: number;
  readonly column: number;
  readonly sentence: string;
  readonly remedy: string;
}

export type LintRules = Pick<VersioningRules, "messages" | "bumps">;

/**
 * Judges a commit message by the form of Conventional Commits 1.0.0 and by the policy's `versioning.messages`. Merges are
 * let be, for git writes them; so are git's own reverts.
 * @param text the message, in a hook with git's comments, which do not count but keep their lines
 */
export function lintMessage(text: string, rules: LintRules): readonly LintFinding[] {
  const lines = withoutComments(text).split(/\r\n|\n|\r/);
  const message = readCommit(lines.join("\n"));
  const at = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ""),
  );
  const header = lines[at] ?? "";
  if (/^Merge (?:branch|tag|remote-tracking|pull request|commit)/.test(header)) return [];
  const found = [
    ...headerFindings(message, header, rules),
    ...lengthFindings(header, rules),
    ...((lines[at + 1] ?? "").trim() === ""
      ? []
      : [error(2, 1, "The second line is not blank", "Put a blank line between header and body")]),
  ].map((one) => ({ ...one, line: one.line + at }));
  const near = message.problems
    .filter(({ line }) => line !== at + 1 || message.conventional)
    .map(({ line, column, sentence }) =>
      warning(line, column, sentence.replace(/\.$/, ""), "Write it as it should count"),
    );
  return [...found, ...near].sort((a, b) => a.line - b.line || a.column - b.column);
}

function headerFindings(
  message: CommitMessage,
  header: string,
  rules: LintRules,
): readonly LintFinding[] {
  const { header: shown, type, conventional, problems } = message;
  if (shown === "")
    return [error(1, 1, "The message is empty", "Say what the commit does, and why")];
  const [, hold] = /^(fixup|squash|amend)! /.exec(header) ?? [];
  if (hold !== undefined)
    return [
      error(
        1,
        1,
        `This is a ${hold} commit`,
        "Squash it into its target with `git rebase --autosquash`",
      ),
    ];
  if (conventional)
    return [...typeFindings(message, header, rules), ...scopeFindings(message, header, rules)];
  if (type !== null) return [];
  const [near] = problems.filter(({ line }) => line === 1 || problems.length === 1);
  const remedy = "Write it as `type(scope): what it does`, such as `fix(cart): round prices`";
  if (near !== undefined) return [error(1, near.column, near.sentence.replace(/\.$/, ""), remedy)];
  return [error(1, 1, "The header names no type", remedy)];
}

function typeFindings({ type }: CommitMessage, header: string, { messages, bumps }: LintRules) {
  const column = header.search(/\S/) + 1;
  if (type === null) return [];
  if (messages.types.length > 0) {
    if (messages.types.includes(type)) return [];
    const meant = nearest(type, messages.types);
    const remedy =
      meant === null ? `Take one of ${listed(messages.types)}` : `Did you mean \`${meant}\`?`;
    return [error(1, column, `No type ${quoted(type)} is allowed`, remedy)];
  }
  if (Object.hasOwn(bumps, type) || isQuiet(type)) return [];
  const meant = nearest(type, Object.keys(bumps));
  const remedy =
    meant === null ? "Give it a bump in `versioning.bumps`" : `Did you mean \`${meant}\`?`;
  return [
    warning(1, column, `The rules know no type ${quoted(type)}, so it asks for no bump`, remedy),
  ];
}

function scopeFindings({ scope }: CommitMessage, header: string, { messages }: LintRules) {
  if (scope === null || messages.scopes.length === 0) return [];
  const scopes = scope.split(/\s*[,/]\s*/);
  if (messages.scopes.includes(scope) || scopes.every((one) => messages.scopes.includes(one)))
    return [];
  const column = header.indexOf("(") + 2;
  return [
    error(
      1,
      column,
      `No scope ${quoted(scope)} is allowed`,
      `Take one of ${listed(messages.scopes)}`,
    ),
  ];
}

function lengthFindings(header: string, { messages }: LintRules) {
  const length = [...header.trimEnd()].length;
  if (length <= messages.length) return [];
  const sentence = `The header has ${length} characters, at most ${messages.length} are allowed`;
  return [error(1, messages.length + 1, sentence, "Say less there, and more in the body")];
}

/** Comments of git's template become blank lines; below its scissors nothing counts. */
function withoutComments(text: string): string {
  const [above = ""] = text.split(/^# -{8,} >8 -{8,}$/m);
  return above.replaceAll(/^#(?: .*|\t.*|)$/gm, "");
}

const finding =
  (severity: LintFinding["severity"]) =>
  (line: number, column: number, sentence: string, remedy: string): LintFinding => ({
    severity,
    line,
    column,
    sentence: `${sentence}.`,
    remedy: /[.?]$/.test(remedy) ? remedy : `${remedy}.`,
  });
const error = finding("error");
const warning = finding("warning");
