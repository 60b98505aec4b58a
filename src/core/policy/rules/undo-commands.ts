import { quoted } from "../../base/words.ts";
import type { Finding, Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** A command on the way back takes something back: as far as the tool is known, and as far as one can see from outside. */
export const undoCommands: Rule = (policy) =>
  waysBack(policy).flatMap(({ path, argv, of }): Found[] => {
    const fault = faultOf(argv, of);
    if (fault === null) return [];
    return [{ severity: "error", path, ...fault }];
  });

interface WayBack {
  readonly path: Finding["path"];
  readonly argv: readonly string[];
  /** The command that it takes back. */
  readonly of?: readonly string[];
}

/** Every command of the policy that runs to take something back. */
function waysBack(policy: Policy): readonly WayBack[] {
  const ofPlatforms = Object.entries(policy.environments).flatMap(([name, { command }]) =>
    command === undefined
      ? []
      : [{ path: ["environments", name, "command", "retire"], argv: command.retire }],
  );
  const ofSteps = Object.entries(policy.phases).flatMap(([phase, { steps }]) =>
    steps.flatMap(({ migrate, run }, index): WayBack[] => {
      const [kind, step] = migrate === undefined ? ["run", run] : ["migrate", migrate];
      if (step?.undo === undefined) return [];
      const path = ["phases", phase, "steps", index, kind ?? "", "undo"];
      return [{ path, argv: step.undo, of: step.run }];
    }),
  );
  const ofRollback = policy.rollback.verify.flatMap(({ run }, index): WayBack[] =>
    run === undefined ? [] : [{ path: ["rollback", "verify", index, "run", "run"], argv: run.run }],
  );
  return [...ofPlatforms, ...ofSteps, ...ofRollback];
}

type Fault = Pick<Found, "sentence" | "counterexample" | "remedy">;

/**
 * What well-known tools do, by their own manuals: Vercel's deployments are taken back by `vercel rollback`, and
 * `prisma migrate resolve` writes the history of migrations without touching the schema.
 */
const TOOLS: readonly {
  readonly is: (words: readonly string[]) => boolean;
  readonly sentence: string;
  readonly shows: string;
  readonly remedy: string;
}[] = [
  {
    is: ([tool, ...rest]) =>
      tool === "vercel" && rest.includes("--rollback") && !rest.includes("rollback"),
    sentence: "takes nothing back: `vercel` has no option `--rollback`",
    shows: "without a subcommand it deploys, or refuses the option",
    remedy: "Say `vercel rollback`, or `vercel promote` with a deployment",
  },
  {
    is: ([tool, ...rest]) =>
      tool === "prisma" && rest.includes("resolve") && rest.includes("--rolled-back"),
    sentence:
      "takes nothing back: it only writes into the history that a failed migration was rolled back",
    shows:
      "a column that the migration has added is still there, and a migration that succeeded is refused",
    remedy: "Give a command that changes the schema back, or leave `undo` out",
  },
  {
    is: ([tool, ...rest]) =>
      ["true", "echo", ":", "printf"].includes(tool ?? "") && rest.length >= 0,
    sentence: "takes nothing back: it does nothing",
    shows: "it ends well, and all is as it was before",
    remedy: "Give a command that takes it back, or leave `undo` out",
  },
];

function faultOf(argv: readonly string[], of: readonly string[] | undefined): Fault | null {
  const said = quoted(argv.join(" "));
  if (of !== undefined && of.join("\0") === argv.join("\0"))
    return {
      sentence: `${said} is the same command as the one that it takes back`,
      counterexample: "on the way back the same is done a second time",
      remedy: "Give a command that takes it back, or leave `undo` out",
    };
  const known = TOOLS.find(({ is }) => is(withoutRunner(argv)));
  if (known === undefined) return null;
  const { sentence, shows, remedy } = known;
  return { sentence: `${said} ${sentence}`, counterexample: shows, remedy };
}

/** The words of a command without what only runs it: `npx`, `pnpm exec`, `yarn dlx`. */
function withoutRunner([first = "", ...rest]: readonly string[]): readonly string[] {
  if (!["npx", "pnpx", "bunx", "pnpm", "yarn", "npm"].includes(first)) return [first, ...rest];
  const at = rest.findIndex(
    (word) => !word.startsWith("-") && !["exec", "dlx", "x"].includes(word),
  );
  return at === -1 ? [] : rest.slice(at);
}
