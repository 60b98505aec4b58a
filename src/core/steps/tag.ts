import { z } from "zod";
import { line } from "../base/shape.ts";
import { MINUTE } from "../base/time.ts";
import { tagPattern } from "../versioning/pattern.ts";
import { inOrder, step } from "./step.ts";

/** A remote of the repository, by its name in git's configuration. */
export const remoteName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/, "the name of a remote, such as origin");

/** A branch, by git's rules for names. */
export const branchName = z
  .string()
  .max(200)
  .regex(
    /^(?![/.-])(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u,
    "the name of a branch, such as main",
  );

const signing = z
  .strictObject({
    ssh: line
      .optional()
      .meta({ description: "the file of an SSH key", examples: ["/run/secrets/release-key"] }),
    gpg: z
      .string()
      .regex(
        /^[0-9A-Fa-f]{8,40}$|^[^\s@<>-][^\s@<>]*@[^\s@<>]+$/,
        "the id of a key, or the address in it",
      )
      .optional()
      .meta({ description: "the id of a GPG key", examples: ["0123456789ABCDEF"] }),
  })
  .refine(({ ssh, gpg }) => (ssh === undefined) !== (gpg === undefined), "either `ssh` or `gpg`");

const shape = z.strictObject({
  pattern: tagPattern
    .optional()
    .describe(
      "a name of its own, for the release alone; the policy's `versioning.tag`, and the components' tags, where it is left out",
    ),
  of: z
    .enum(["commit", "written"])
    .default("commit")
    .describe("commit: the release's own; written: the one that `write` made of it"),
  sign: signing.optional().meta({
    description: "by what it is signed; annotated only where it is left out",
    examples: [{ ssh: "/run/secrets/release-key" }],
  }),
  push: remoteName
    .optional()
    .meta({ description: "the remote that gets it too", examples: ["origin"] }),
});

/**
 * Tags the release's commit, annotated or signed, and looks at what was made: with the release's own tag, then with that of
 * each component that goes out, one after the other. A tag that is there already on the same commit is the same tag.
 */
export const tag = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "tags the commit of the release, for each component that goes out, too",
    examples: [{}, { pattern: "rc-v{version}" }],
  }),
  say: ({ pattern, push }) =>
    `tag the commit${pattern === undefined ? "" : ` as ${pattern}`}${push === undefined ? "" : `, and push it to ${push}`}`,
  next({ pattern, of, sign, push }, attempt, { tag, commit, system, version, components = [] }) {
    const more = {
      ...(of === "written" && { written: true as const }),
      ...(sign && { sign: sign.ssh === undefined ? { gpg: sign.gpg ?? "" } : { ssh: sign.ssh } }),
      ...(push && { push }),
    };
    const own = {
      name: pattern === undefined ? tag : tagName(pattern, version),
      message: `${system} ${version}`,
    };
    const parts = pattern === undefined ? components : [];
    const others = parts.map((part) => ({
      name: part.tag,
      message: `${part.component} ${part.version}`,
    }));
    return inOrder(
      [own, ...others].map((one) => ({ ask: "tag", commit, ...one, ...more })),
      attempt,
    );
  },
  bound: () => MINUTE,
  // A tag is a record of what was released; a rollback is a further record and never takes one away.
  undo: () => ({ undo: "nothing" }),
});

/** The name of a version's tag. */
export function tagName(pattern: string, version: string): string {
  return pattern.replace("{version}", () => version);
}
