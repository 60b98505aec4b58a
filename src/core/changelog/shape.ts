// What a policy may say of what is written from a release: its `links`, `notes` and `changelog`.
import { z } from "zod";
import { line, name, repositoryPath } from "../base/shape.ts";
import { CHANGELOG_SECTIONS, NOTES_SECTIONS } from "./sections.ts";

const words = (description: string, example: string) =>
  z
    .array(z.string().min(1).max(60))
    .min(1)
    .max(50)
    .optional()
    .meta({ description, examples: [[example]] });

const take = z.strictObject({
  labels: words("words of its footer `Labels:`, one of which it has", "security"),
  footers: words("footers, one of which it has", "Upgrade"),
  scopes: words("its scope is one of these", "api"),
  breaking: z
    .boolean()
    .optional()
    .meta({ description: "whether it breaks something", examples: [true] }),
  types: words("its type is one of these", "feat"),
});

const takes = z
  .array(take)
  .max(50)
  .default([])
  .meta({
    description:
      "changes that stand here: those that fit all that one entry says; where several sections take a change, the one that names its label has it, else a footer, its scope, that it breaks, its type",
    examples: [[{ types: ["feat"] }]],
  });

const title = line.max(100).meta({ examples: ["Features"] });

const section = {
  title: title.meta({ description: "its heading", examples: ["New features"] }),
  take: takes,
};
const sameTitle = (all: readonly { readonly title: string }[]) =>
  new Set(all.map((one) => one.title)).size === all.length;

const notesShape = z.strictObject({
  sections: z
    .array(
      z.strictObject({
        ...section,
        file: repositoryPath.optional().meta({
          description:
            "a file of the commit with what people write here, `{version}` in its name; a heading of the version in it takes only what stands below",
          examples: ["docs/releases/{version}/known-issues.md"],
        }),
        required: z
          .array(name)
          .max(20)
          .default([])
          .meta({
            description: "release types in which it must not be empty; it may say `none`",
            examples: [["major"]],
          }),
      }),
    )
    .min(1)
    .max(40)
    .refine(sameTitle, "sections with titles of their own")
    .prefault(NOTES_SECTIONS.map(({ title, take }) => ({ title, take: [...take] })) as never)
    .meta({
      description: "the sections of release notes, in order; those that are empty are left out",
      examples: [[{ title: "New features", take: [{ types: ["feat"] }] }]],
    }),
  contributors: z
    .boolean()
    .default(false)
    .meta({ description: "whether the people are thanked by name", examples: [true] }),
});

const changelogShape = z.strictObject({
  file: repositoryPath.default("CHANGELOG.md").describe("where it is kept"),
  sections: z
    .array(z.strictObject(section))
    .min(1)
    .max(40)
    .refine(sameTitle, "sections with titles of their own")
    .prefault(CHANGELOG_SECTIONS.map(({ title, take }) => ({ title, take: [...take] })) as never)
    .meta({
      description: "its sections, in order; changes that no section takes are left out",
      examples: [[{ title: "Added", take: [{ types: ["feat"] }] }]],
    }),
});

/** An address that people may be led to: http or https, no user in it, nothing that would end a link in Markdown. */
const address = z
  .string()
  .max(500)
  .regex(
    /^https?:\/\/[A-Za-z0-9.[\]:-]+(?:\/[^\s()<>[\]\\"'`@]*)?$/,
    "an address that begins with https:// and has no blanks, brackets or user in it",
  );

const once = (text: string) => text.split("{number}").length === 2;

const linksShape = z.strictObject({
  repository: address
    .transform((text) => text.replace(/\/+$/, ""))
    .optional()
    .meta({
      description: "the repository's page; commits, versions and #12 become links to it",
      examples: ["https://github.com/example/shop"],
    }),
  forge: z
    .enum(["github", "gitlab"])
    .optional()
    .describe("whose addresses the page has; guessed by the host's name"),
  references: z
    .array(
      z.strictObject({
        find: line
          .max(60)
          .refine(once, "a text in which {number} stands once")
          .meta({
            description: "how it is written",
            examples: ["SHOP-{number}"],
          }),
        url: address.refine(once, "an address in which {number} stands once").meta({
          description: "where it leads",
          examples: ["https://jira.example.test/browse/SHOP-{number}"],
        }),
      }),
    )
    .max(20)
    .default([])
    .meta({
      description: "what else becomes a link, before the forge's own",
      examples: [[{ find: "SHOP-{number}", url: "https://jira.example.test/{number}" }]],
    }),
});

/** What a policy says of all that is written from a release. */
export const writtenShapes = {
  notes: notesShape
    .prefault({})
    .meta({ description: "what release notes say", examples: [{ contributors: true }] }),
  changelog: changelogShape
    .prefault({})
    .meta({ description: "how the changelog is kept", examples: [{ file: "CHANGELOG.md" }] }),
  links: linksShape.prefault({}).meta({
    description: "what becomes a link in notes and changelog",
    examples: [{ repository: "https://github.com/example/shop" }],
  }),
};
