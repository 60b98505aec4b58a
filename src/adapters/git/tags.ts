// Making tags: annotated or signed, verified after they are made, pushed.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TagAsk } from "#app/ports/outside.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { Signing } from "#core/steps/step.ts";
import { pushRef } from "./branches.ts";
import { isRefName } from "./names.ts";
import { complaint, environmentOf, type GitPlace, gitOutput, runGit } from "./run.ts";

/** Sets a tag, looks at it, and pushes it. */
export async function setTag(
  place: GitPlace,
  ask: TagAsk,
  resolve: (name: string) => Promise<string | null>,
): Promise<Answer> {
  const { name, commit } = ask;
  if (!isRefName(name))
    return failed(`${JSON.stringify(name.slice(0, 80))} cannot be the name of a tag.`);
  const id = await resolve(commit);
  if (id === null)
    return failed(`The repository has no commit ${JSON.stringify(commit.slice(0, 80))}.`);
  const isNew = (await resolve(`refs/tags/${name}`)) === null;
  const complained = isNew ? await makeTag(place, ask, id) : null;
  // Someone else may have been faster: what counts is where the tag is now.
  const found = await resolve(`refs/tags/${name}`);
  if (found === null) return failed(`Tag ${name} could not be made: ${complained}.`);
  if (found !== id)
    return failed(
      `Tag ${name} is on commit ${found.slice(0, 8)} already, not on ${id.slice(0, 8)}.`,
    );
  const object = (await gitOutput(place, ["rev-parse", "--verify", `refs/tags/${name}`])).trim();
  const unsigned = ask.sign === undefined ? null : await unsignedBecause(place, name, ask.sign);
  if (unsigned !== null) {
    // Git may leave a tag behind although signing failed; nobody has seen this one yet.
    if (isNew) await gitOutput(place, ["update-ref", "-d", `refs/tags/${name}`, object]);
    return failed(`Tag ${name} carries no good signature: ${unsigned}.`);
  }
  const facts = { tag: name, commit: id, ...(ask.sign && { signed: true }) };
  if (ask.push === undefined) return { outcome: "done", facts };
  const pushed = await pushRef(place, { remote: ask.push, ref: `refs/tags/${name}`, id: object });
  if (pushed.outcome !== "done") return pushed;
  return { outcome: "done", facts: { ...facts, remote: ask.push } };
}

/** Makes the tag; what git complains of where it did not. */
async function makeTag(
  place: GitPlace,
  { name, message, sign }: TagAsk,
  id: string,
): Promise<string | null> {
  const how = sign === undefined ? ["--annotate", "--no-sign"] : ["--sign"];
  const argv = [
    ...signSettings(sign),
    "tag",
    ...how,
    "--cleanup=verbatim",
    "--file=-",
    "--end-of-options",
    name,
    id,
  ];
  const run = await runGit(place, argv, { stdin: `${message.replaceAll("\0", "")}\n` });
  return run.end === "exited" && run.code === 0 ? null : complaint(run);
}

function signSettings(sign: Signing | undefined): string[] {
  if (sign === undefined) return [];
  return "ssh" in sign
    ? ["-c", "gpg.format=ssh", "-c", `user.signingKey=${sign.ssh}`]
    : ["-c", "gpg.format=openpgp", "-c", `user.signingKey=${sign.gpg}`];
}

/** Why a tag is not signed by the key; null where it is. */
async function unsignedBecause(
  place: GitPlace,
  name: string,
  sign: Signing,
): Promise<string | null> {
  if ("gpg" in sign) {
    const run = await runGit(place, [
      "-c",
      "gpg.format=openpgp",
      "verify-tag",
      "--end-of-options",
      name,
    ]);
    return run.end === "exited" && run.code === 0 ? null : complaint(run);
  }
  const key = await publicKey(place, sign.ssh);
  if (key === null) return `${sign.ssh} is no SSH key that can be read`;
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-signers-"));
  try {
    const signers = join(folder, "signers");
    await writeFile(signers, `holdpoint@localhost namespaces="git" ${key}\n`);
    const settings = ["-c", "gpg.format=ssh", "-c", `gpg.ssh.allowedSignersFile=${signers}`];
    const run = await runGit(place, [...settings, "verify-tag", "--end-of-options", name]);
    return run.end === "exited" && run.code === 0 ? null : complaint(run);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The public half of an SSH key's file; null where it cannot be read, or wants a passphrase. */
function publicKey(place: GitPlace, file: string): Promise<string | null> {
  const argv = ["-y", "-P", "", "-f", file];
  const options = { env: environmentOf(place), timeout: 10_000, maxBuffer: 64 * 1024 };
  return new Promise((done) => {
    execFile("ssh-keygen", argv, options, (fault, out) => {
      done(fault === null ? out.trim().split(" ").slice(0, 2).join(" ") : null);
    });
  });
}

function failed(reason: string): Answer {
  return { outcome: "failed", reason };
}
