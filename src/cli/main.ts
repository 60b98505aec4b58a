import { Command, CommanderError } from "commander";
import { type Problem, ProblemError } from "#app/problem.ts";
import about from "../../package.json" with { type: "json" };
import { EXIT, EXIT_MEANINGS } from "./exit-codes.ts";
import { GLOBAL_OPTIONS, VARIABLES } from "./options.ts";
import type { Verb } from "./verb.ts";
import { VERBS } from "./verbs.ts";
import { realWorld, type World } from "./world.ts";

/**
 * Does what the words of a command line ask; answers the exit code (src/cli/exit-codes.ts). Never throws.
 * @param given another world than the process's own, for tests
 */
export async function main(argv: readonly string[], given?: World): Promise<number> {
  const { world, leave } = given ? { world: given, leave: () => {} } : realWorld();
  let exit: number = EXIT.ok;
  const program = programFor(argv, world, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync(argv.length === 0 ? ["--help"] : [...argv], { from: "user" });
    return exit;
  } catch (error) {
    const options = optionsIn(argv);
    return await tell(error, { ...world, terminal: terminalFor(world, options) }, options);
  } finally {
    leave();
  }
}

function programFor(argv: readonly string[], world: World, ended: (exit: number) => void): Command {
  const program = new Command("holdpoint")
    .description("Plans releases, holds them until people and evidence say go, and runs them.")
    .configureOutput({ writeOut: world.terminal.out, writeErr: () => {} })
    .helpCommand(false)
    .version(about.version)
    .exitOverride()
    .addHelpText("after", moreHelp());
  for (const option of GLOBAL_OPTIONS) program.option(option.flags, option.about);
  for (const verb of heard(argv)) addVerb(program, verb, { world, ended });
  return program;
}

/** The verb that begins the words, which is all that is needed then: to set up all of them takes 4 ms. Else every one. */
function heard([first]: readonly string[]): readonly Verb[] {
  const said = VERBS.filter(({ name }) => name === first);
  return said.length > 0 ? said : VERBS;
}

function addVerb(
  program: Command,
  verb: Verb,
  { world, ended }: { world: World; ended: (exit: number) => void },
): void {
  const command = program.command(verb.name).summary(verb.summary);
  command.description(verb.about === undefined ? verb.summary : `${verb.summary}\n\n${verb.about}`);
  if (verb.args !== "") command.arguments(verb.args);
  for (const { flags, about } of verb.options) command.option(flags, about);
  command.addHelpText(
    "after",
    `\nExamples:\n${verb.examples.map((line) => `  ${line}`).join("\n")}`,
  );
  command.action(async (...words: unknown[]) => {
    const names = command.registeredArguments.map((argument) => argument.name());
    const args = Object.fromEntries(names.map((name, at) => [name, words[at] as string]));
    const options = command.optsWithGlobals<Record<string, string | boolean>>();
    const { run } = await verb.load();
    ended(await run({ args, options, world: { ...world, terminal: terminalFor(world, options) } }));
  });
}

function terminalFor(
  { terminal }: World,
  options: Readonly<Record<string, unknown>>,
): World["terminal"] {
  return {
    ...terminal,
    color: terminal.color && options["color"] !== false,
    draws: terminal.draws && options["json"] !== true,
    asks: terminal.asks && options["input"] !== false,
  };
}

/** The global options as far as they can be told where the rest was not understood. */
function optionsIn(argv: readonly string[]): Readonly<Record<string, unknown>> {
  return { json: argv.includes("--json"), color: !argv.includes("--no-color") };
}

async function tell(
  error: unknown,
  world: World,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  const { Told } = await import("./at-hand.ts");
  const { problem, problemKind, problemOf } = await import("#api/problems.ts");
  const problems: readonly Problem[] =
    error instanceof Told
      ? error.problems
      : error instanceof ProblemError
        ? [error.problem]
        : error instanceof CommanderError
          ? [problem("usage", { sentence: asSentence(error.message) })]
          : [problemOf(error) ?? problem("internal", { sentence: `A bug: ${String(error)}.` })];
  const { paintFor } = await import("./text.ts");
  const { problemLines } = await import("./views/problem.ts");
  const paint = paintFor(world.terminal.color);
  const lines = problems.flatMap((one) => problemLines(one, paint));
  if (options["json"] === true) {
    world.terminal.out(`${JSON.stringify({ problems }, null, 2)}\n`);
  } else world.terminal.err(`${lines.join("\n")}\n`);
  return problemKind(problems[0]?.code ?? "internal").exit;
}

/** `error: unknown command 'stauts'` with its suggestion, as one sentence. */
function asSentence(message: string): string {
  const text = message.replace(/^error: /, "").replaceAll("\n", " ");
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?)]$/.test(sentence) ? sentence : `${sentence}.`;
}

function moreHelp(): string {
  const codes = Object.entries(EXIT_MEANINGS).map(
    ([name, meaning]) => `  ${String(EXIT[name as keyof typeof EXIT]).padEnd(5)}${meaning}`,
  );
  const variables = VARIABLES.map(([name, about]) => `  ${name}\n      ${about}`);
  return `\nExit codes:\n${codes.join("\n")}\n\nEnvironment:\n${variables.join("\n")}`;
}
