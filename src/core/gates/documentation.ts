import { z } from "zod";
import { name, repositoryPath } from "../base/shape.ts";
import { listed } from "../base/words.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z
  .strictObject({
    files: z
      .record(name, repositoryPath)
      .default({})
      .meta({
        description:
          "files of the commit that must say something, by name; `{version}` stands for the version; where a file has headings of versions, the released one must be among them",
        examples: [{ "migration-guide": "docs/migrate/{version}.md" }],
      }),
    notes: z
      .boolean()
      .default(false)
      .describe("also the sections of the notes that the release type requires"),
  })
  .refine(({ files, notes }) => notes || Object.keys(files).length > 0, "a file, or `notes: true`");

/** Documents that must be written before a release goes on: they are read from its commit, so they are part of it. */
export const documentation = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "documents of the commit answer it: each must be there and say something",
    examples: [
      {
        files: {
          "migration-guide": "docs/migrate/{version}.md",
          "known-issues": "docs/known-issues.md",
        },
        notes: true,
      },
    ],
  }),
  say: ({ files, notes }) =>
    `written are ${listed([...Object.entries(files).map(([what, file]) => `${what} (${file})`), ...(notes ? ["the notes"] : [])])}`,
  ask: ({ files, notes }) => ({ ask: "documents", files, notes }),
  judge(_, { answer }): Verdict {
    if (answer === undefined)
      return { verdict: "pending", reason: "the documents have not been looked at yet" };
    if (answer.outcome !== "done")
      return { verdict: "error", reason: answer.reason, lift: ["`retry` it"] };
    const { missing = 0, names = "", asked = 0 } = answer.facts;
    const evidence = answer.facts;
    if (missing === 0)
      return { verdict: "pass", reason: `all ${asked} documents are there`, evidence };
    return {
      verdict: "fail",
      reason: `${missing} of ${asked} documents are missing or empty: ${names}`,
      evidence,
      lift: ["commit them, then `revise` the release", "`waive` it with a reason"],
    };
  },
});
