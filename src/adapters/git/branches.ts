// Moving branches, here and at a remote: always forward, never over what others have done.

import { MINUTE } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";
import { isId, isRefName } from "./names.ts";
import { complaint, type GitPlace, gitOutput, runGit } from "./run.ts";

/** Moves a branch of this clone from one commit on to another. */
export async function advance(
  place: GitPlace,
  branch: string,
  { from, to }: { from: string; to: string },
): Promise<Answer> {
  if (!isRefName(branch))
    return failed(`${JSON.stringify(branch.slice(0, 80))} cannot be the name of a branch.`);
  const trees = await gitOutput(place, ["worktree", "list", "--porcelain", "-z"]);
  const holder = trees
    .split("\0\0")
    .find((tree) => tree.split("\0").includes(`branch refs/heads/${branch}`));
  const here = (await gitOutput(place, ["rev-parse", "--show-toplevel"])).trim();
  const folder =
    holder === undefined
      ? null
      : (/^worktree (.*)$/m.exec(holder.replaceAll("\0", "\n"))?.[1] ?? "");
  if (folder !== null && folder !== here)
    return failed(
      `Branch ${branch} is checked out in ${folder}, whose files would no longer fit it. Check out another branch there.`,
    );
  const argv =
    folder === null
      ? [
          "update-ref",
          "-m",
          "holdpoint: written",
          "--end-of-options",
          `refs/heads/${branch}`,
          to,
          from,
        ]
      : ["merge", "--ff-only", "--no-stat", "--quiet", to];
  const run = await runGit(place, argv, { timeout: MINUTE });
  if (run.end === "exited" && run.code === 0)
    return { outcome: "done", facts: { branch, commit: to } };
  return failed(`Branch ${branch} could not be moved on: ${complaint(run)}.`);
}

/** Makes a ref of a remote what it is here, and looks whether it is. What is there already is done. */
export async function pushRef(
  place: GitPlace,
  { remote, ref, id }: { remote: string; ref: string; id: string },
): Promise<Answer> {
  const known = await remoteId(place, remote, ref);
  if (known === id) return { outcome: "done", facts: { remote, ref, commit: id } };
  const run = await runGit(
    place,
    ["push", "--porcelain", "--no-verify", "--end-of-options", remote, `${id}:${ref}`],
    {
      timeout: 5 * MINUTE,
      credentials: true,
    },
  );
  const now = await remoteId(place, remote, ref);
  if (now === id) return { outcome: "done", facts: { remote, ref, commit: id } };
  const why =
    run.end === "exited" && run.out.includes("rejected")
      ? "others have pushed there meanwhile"
      : complaint(run);
  return failed(`${ref} could not be pushed to ${remote}: ${why}.`);
}

async function remoteId(place: GitPlace, remote: string, ref: string): Promise<string | null> {
  const run = await runGit(place, ["ls-remote", "--end-of-options", remote, ref], {
    timeout: MINUTE,
    credentials: true,
  });
  if (run.end !== "exited" || run.code !== 0)
    throw new Error(`the remote ${remote} does not answer: ${complaint(run)}`);
  const [, id = ""] =
    run.out
      .split("\n")
      .map((row) => /^([0-9a-f]+)\t(.*)$/.exec(row) ?? [])
      .find(([, , name]) => name === ref) ?? [];
  return isId(id) ? id : null;
}

function failed(reason: string): Answer {
  return { outcome: "failed", reason };
}
