// docs/cli.md, made from the table of verbs.
import { EXIT, EXIT_MEANINGS } from "./exit-codes.ts";
import { GLOBAL_OPTIONS, VARIABLES } from "./options.ts";
import type { Option, Verb } from "./verb.ts";
import { VERBS } from "./verbs.ts";

/** The reference of the command line, as Markdown. */
export function cliPage(): string {
  const exits = Object.entries(EXIT_MEANINGS).map(
    ([name, meaning]) => `| ${EXIT[name as keyof typeof EXIT]} | ${meaning} |`,
  );
  return [
    "# The command line",
    "",
    "Results go to stdout, messages to stderr. Made from `src/cli/verbs.ts`.",
    "",
    ...VERBS.flatMap(verbLines),
    "## Options of every verb",
    "",
    ...optionTable(GLOBAL_OPTIONS),
    "",
    "## Environment",
    "",
    "| variable | meaning |",
    "| --- | --- |",
    ...VARIABLES.map(([name, about]) => `| \`${name}\` | ${about} |`),
    "",
    "## Exit codes",
    "",
    "| code | meaning |",
    "| --- | --- |",
    ...exits,
    "",
  ].join("\n");
}

function verbLines({ name, args, summary, about, options, examples }: Verb): string[] {
  const usage = ["holdpoint", name, args, options.length > 0 ? "[options]" : ""];
  return [
    `## ${name}`,
    "",
    `\`${usage.filter((part) => part !== "").join(" ")}\`: ${summary}.`,
    "",
    ...(about === undefined ? [] : [about, ""]),
    ...(options.length === 0 ? [] : [...optionTable(options), ""]),
    "```sh",
    ...examples,
    "```",
    "",
  ];
}

function optionTable(options: readonly Option[]): string[] {
  return [
    "| option | meaning |",
    "| --- | --- |",
    ...options.map(({ flags, about }) => `| \`${flags}\` | ${about} |`),
  ];
}
