// The parts that have versions of their own: how each is told apart, and what it rises with.
import { listed } from "../../base/words.ts";
import { lines, type Section, text } from "./page.ts";
import type { Told } from "./told.ts";

export function componentSection({ policy }: Told): Section {
  const { tag, files, linked, components } = policy.versioning;
  const all = Object.entries(components);
  if (all.length === 0) return { title: "Components", blocks: [] };
  const rows = all.map(([name, rules]) => [
    `**${text(name)}**`,
    text(rules.tag),
    lines(rules.paths.length === 0 ? ["everything"] : rules.paths),
    lines(rules.uses),
    text(rules.linked ?? ""),
    lines(writtenBy(rules)),
  ]);
  const group = linked === undefined ? "" : ` It always has the same version as ${text(linked)}.`;
  const written = listed(writtenBy({ files, changelog: policy.changelog.file }));
  return {
    title: "Components",
    blocks: [
      `A release has a version of its own, tagged ${text(tag)}, and rises with every component that goes out with it.${group} It is written into ${text(written)}.`,
      {
        head: ["component", "tag", "what counts for it", "rises with", "linked by", "written into"],
        rows,
      },
    ],
  };
}

function writtenBy({
  files,
  changelog,
}: {
  readonly files: readonly { readonly path: string }[];
  readonly changelog?: string | undefined;
}): readonly string[] {
  return [...files.map(({ path }) => path), ...(changelog === undefined ? [] : [changelog])];
}
