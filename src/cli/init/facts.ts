import { z } from "zod";

/** What a look at a repository found: enough to guess a policy from, and nothing that was run. */
export interface RepositoryFacts {
  /** The name of its top folder. */
  readonly folder: string;
  /** Paths in the tree of the head commit. */
  readonly files: readonly string[];
  /** The few files that were read, by path. */
  readonly texts: Readonly<Record<string, string>>;
  /** Tags that the head commit reaches. */
  readonly tags: readonly string[];
  /** The branch that releases are probably made from. */
  readonly branch: string | null;
  /** Who wrote the last commits, by e-mail address: those who wrote most of them first. */
  readonly authors: readonly string[];
}

const manifest = z.object({
  name: z.string().optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
  jest: z.unknown().optional(),
  c8: z.unknown().optional(),
  nyc: z.unknown().optional(),
});

/** A package.json, as far as guesses need it. */
export type Manifest = z.infer<typeof manifest>;

/** The repository's package.json; an empty one where it has none, or one that is not JSON. */
export function manifestOf({ texts }: RepositoryFacts): Manifest {
  try {
    return manifest.parse(JSON.parse(texts["package.json"] ?? "{}"));
  } catch {
    return {};
  }
}

/** The text of a script of package.json; null where there is no such script, or one that says nothing. */
export function scriptOf({ scripts }: Manifest, name: string): string | null {
  const text = Object.hasOwn(scripts ?? {}, name) ? scripts?.[name] : undefined;
  const says = typeof text === "string" && text.trim() !== "" && !/no test specified/.test(text);
  return says ? text : null;
}
