import { asText } from "#core/changelog/markdown.ts";
import { partFor } from "#core/changelog/notes.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { Release } from "#core/release/state.ts";
import type { Repository } from "../ports/outside.ts";

/** Looks whether the documents of a release's commit say something, and its notes what its type requires. */
export async function lookAtDocuments(
  repository: Pick<Repository, "read">,
  { files, notes }: { readonly files: Readonly<Record<string, string>>; readonly notes: boolean },
  { plan }: Release,
): Promise<Answer> {
  const { version, commit, type, terms } = plan;
  const missing: string[] = [];
  for (const [name, template] of Object.entries(files)) {
    const path = template.replaceAll("{version}", version);
    const file = await repository.read(commit, path);
    if (file === null) missing.push(`${name} (${path} is not there)`);
    else if ("unreadable" in file) missing.push(`${name} (${path}: ${file.unreadable})`);
    else if (partFor(file.text, version) === "")
      missing.push(`${name} (${path} says nothing of ${version})`);
  }
  const required = notes
    ? terms.notes.sections.filter((section) => section.required.includes(type))
    : [];
  const titles = new Set(plan.notes.split("\n"));
  missing.push(
    ...required
      .filter(({ title }) => !titles.has(`### ${asText(title)}`))
      .map(
        ({ title, file }) =>
          `the notes' ${title}${file === undefined ? "" : ` (${file.replaceAll("{version}", version)})`}`,
      ),
  );
  const asked = Object.keys(files).length + required.length;
  return { outcome: "done", facts: { asked, missing: missing.length, names: missing.join(", ") } };
}
