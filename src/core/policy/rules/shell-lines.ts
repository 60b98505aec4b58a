import { quoted } from "../../base/words.ts";
import type { Finding, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Commands are lists of arguments. What only a shell understands would reach the program as plain text. */
export const shellLines: Rule = (policy) =>
  commandsIn(policy).flatMap(([path, argv]) => {
    const sign = shellSign(argv);
    if (sign === null) return [];
    return [
      {
        severity: "warning" as const,
        path,
        sentence: `${quoted(sign)} means something to a shell only, and no shell reads this command`,
        remedy: "Put the line into a script and run that; or give each argument an item of its own",
      },
    ];
  });

const SIGNS: readonly string[] = ["&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1"];

/** What in a command asks for a shell; null where nothing does, or where a shell was asked for by name. */
function shellSign(argv: readonly string[]): string | null {
  const [program = "", option = ""] = argv;
  if (/(?:^|\/)(?:ba|da|z|k)?sh$/.test(program) && /^-[a-z]*c/.test(option)) return null;
  if (argv.length === 1 && /^\S+\s+\S/.test(program)) return program;
  const sign = argv.find(
    (argument) =>
      SIGNS.includes(argument) || argument.includes("$(") || / (?:&&|\|\||\|) /.test(argument),
  );
  return sign ?? null;
}

type Command = readonly [Finding["path"], readonly string[]];

/** Every command of a policy, with its place. */
function commandsIn(policy: Policy): readonly Command[] {
  return [
    ...Object.entries(policy.gates).flatMap(([name, { check }]) =>
      commandsOf(check, ["gates", name, "check"]),
    ),
    ...Object.entries(policy.phases).flatMap(([name, { steps }]) =>
      steps.flatMap((step, index) => commandsOfStep(step, ["phases", name, "steps", index])),
    ),
    ...policy.rollback.verify.flatMap((step, index) =>
      commandsOfStep(step, ["rollback", "verify", index]),
    ),
    ...Object.entries(policy.services).flatMap(([name, service]) =>
      commandsOf(service, ["services", name]),
    ),
    ...Object.entries(policy.environments).flatMap(([name, { command }]) =>
      commandsOf(command, ["environments", name, "command"]),
    ),
  ];
}

function commandsOfStep(step: object, path: Finding["path"]): readonly Command[] {
  return Object.entries(step).flatMap(([kind, config]) =>
    typeof config === "object" ? commandsOf(config, [...path, kind]) : [],
  );
}

const KEYS: readonly string[] = [
  ...["run", "verify", "before", "undo", "withdraw", "reconcile", "start", "build"],
  ...["deploy", "weigh", "retire", "promote", "measure", "probe"],
];

function commandsOf(config: object | undefined, path: Finding["path"]): readonly Command[] {
  return Object.entries(config ?? {}).flatMap(([key, value]: [string, unknown]) =>
    KEYS.includes(key) && Array.isArray(value)
      ? [[[...path, key], value.map(String)] as const]
      : [],
  );
}
