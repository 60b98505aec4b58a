import type { Coverage, CoverageProblem, Covered } from "#policy-file/clauses/coverage.ts";
import { CLAUSE_STATES } from "#policy-file/clauses/list.ts";
import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import { columns, cut, type Paint, paintFor, plain } from "../text.ts";
import type { Run } from "../verb.ts";

export const run: Run = async (call) => {
  const { joins, around, terminal } = call.world;
  const ask = {
    root: around.cwd,
    policyFile: configOf(call).policyFile,
    named: call.args["system"],
  };
  const found = need(await joins.coverage(ask));
  printResult(call, found, () => lines(found, paintFor(terminal.color), terminal.width));
  return found.every(({ problems }) => problems.length === 0) ? EXIT.ok : EXIT.failed;
};

function lines(found: readonly Coverage[], paint: Paint, width: number): string[] {
  return found.flatMap(({ system, clauses, problems }) => [
    paint.strong(`${plain(system)}: ${counts(clauses)}`),
    ...columns(clauses.map(row)).map((line) => cut(plain(line), width)),
    ...problems.map((problem) => paint.bad(plain(said(problem)))),
  ]);
}

function counts(clauses: readonly Covered[]): string {
  const parts = CLAUSE_STATES.flatMap((state) => {
    const many = clauses.filter((clause) => clause.state === state).length;
    return many === 0 ? [] : [`${many} ${state}`];
  });
  return `${clauses.length} clauses, ${parts.join(", ")}`;
}

/** Id, state, where in the policy, which tests, and the clause itself. */
function row({ id, state, clause, policy, tests }: Covered): readonly string[] {
  const places = [...new Set(policy.map(({ where, line }) => where || `line ${line}`))];
  const files = [...new Set(tests.map(({ file }) => file.replace(/^.*\/|\.test\.\w+$/g, "")))];
  return [id, state, few(places), few(files), clause];
}

/** The first of some names, and how many more there are. */
function few(names: readonly string[]): string {
  const [first = "-", ...others] = names;
  return others.length === 0 ? first : `${first} +${others.length}`;
}

function said({ file, line, column, sentence, remedy }: CoverageProblem): string {
  return `${file}:${line}:${column}: ${sentence}.${remedy === "" ? "" : ` ${remedy}.`}`;
}
