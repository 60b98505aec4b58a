import type { World } from "./world.ts";

export interface Option {
  /** As commander reads it: `--reason <text>`. */
  readonly flags: string;
  readonly about: string;
}

/** One word of the command line. What it does is loaded only when it is said. */
export interface Verb {
  readonly name: string;
  /** As commander reads them: `<release> [gate]`. */
  readonly args: string;
  readonly summary: string;
  /** More than the summary, for its own help page. */
  readonly about?: string;
  readonly options: readonly Option[];
  readonly examples: readonly string[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** Does what a verb says; answers the exit code. */
export type Run = (call: Call) => Promise<number>;

/** What was said on the command line, and to what world. */
export interface Call {
  readonly args: Readonly<Record<string, string | undefined>>;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly world: World;
}

/** The text of an option; undefined where it was not said. */
export function said({ options }: Call, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

/** An argument that commander has seen to. */
export function arg({ args }: Call, name: string): string {
  const value = args[name];
  if (value === undefined) throw new Error(`the verb has no argument ${name}`);
  return value;
}
