import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { formatInstant } from "#core/base/time.ts";
import { openTokens, type Token } from "#http/tokens.ts";
import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import { columns, plain } from "../text.ts";
import { arg, type Call, type Run, said } from "../verb.ts";

export const run: Run = async (call) => {
  switch (arg(call, "action")) {
    case "add":
      return add(call);
    case "list":
      return list(call);
    case "revoke":
      return revoke(call);
    default:
      throw usage("Say `token add PERSON`, `token list` or `token revoke ID`.");
  }
};

function tokensOf(call: Call) {
  return openTokens(configOf(call).dataDir);
}

function add(call: Call): number {
  const person = (call.args["who"] ?? "").toLowerCase();
  if (!/^[^\s@]{1,64}@[^\s@]{1,135}$/.test(person)) throw usage("Say whose: an e-mail address.");
  const { readOnly, pushOnly } = call.options;
  if (readOnly === true && pushOnly === true) throw usage("Say either --read-only or --push-only.");
  const may = readOnly === true ? "read" : pushOnly === true ? "push" : "act";
  const { token, secret } = need(tokensOf(call).add({ person, may, now: call.world.clock() }));
  const out = said(call, "out");
  if (out === undefined) {
    printResult(call, { ...shown(token), token: secret }, () => [secret]);
    call.world.terminal.err("This token is shown only now; keep it in a file.\n");
    return EXIT.ok;
  }
  const file = resolve(call.world.around.cwd, out);
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: "wx" });
  printResult(call, { ...shown(token), file }, () => [`wrote ${file}`]);
  return EXIT.ok;
}

function list(call: Call): number {
  const tokens = need(tokensOf(call).list()).map(shown);
  const rows = tokens.map(({ id, person, may, created, revoked }) =>
    [id, person, may, formatInstant(created), revoked === null ? "" : "revoked"].map(plain),
  );
  printResult(call, { tokens }, () => columns([["ID", "PERSON", "MAY", "CREATED", ""], ...rows]));
  return EXIT.ok;
}

function revoke(call: Call): number {
  const id = call.args["who"];
  if (id === undefined) throw usage("Say which token: its ID from `token list`.");
  const token = need(tokensOf(call).revoke(id, call.world.clock()));
  printResult(call, shown(token), () => [`revoked ${token.id} of ${plain(token.person)}`]);
  return EXIT.ok;
}

function shown({ hash: _, ...token }: Token): Omit<Token, "hash"> {
  return token;
}

function usage(sentence: string): ProblemError {
  return new ProblemError(problem("usage", { sentence }));
}
