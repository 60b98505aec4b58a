// A team that publishes: it pushes to a remote of its own, and its forge is the fake one.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type FakeGithub, fakeGithub } from "#adapters/forge/github.fake.ts";
import { makeTeam, type Team } from "./team.ts";

const TOKEN = "ghp_0123456789abcdef";
/** The variable that the policy takes the forge's token from. */
export const TOKEN_AT = "CRASH_FORGE_TOKEN";

export interface Publishing {
  readonly team: Team;
  readonly github: FakeGithub;
  /** The commit that is to be released. */
  readonly planned: string;
  /** What refs the remote has. */
  readonly pushed: () => string;
}

/**
 * Opens such a team for as long as some work takes.
 * @param policyAt the policy, by the address of the forge
 * @param tags set on the first release beside its own
 */
export async function whilePublishing(
  { policyAt, tags = [] }: { policyAt: (api: string) => string; tags?: readonly string[] },
  work: (publishing: Publishing) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-publishing-"));
  const github = await fakeGithub(TOKEN);
  process.env[TOKEN_AT] = TOKEN;
  const policy = join(folder, "policy.yaml");
  writeFileSync(policy, policyAt(github.address));
  const team = await makeTeam(false, null, pathToFileURL(policy));
  try {
    const remote = join(folder, "remote.git");
    for (const tag of tags) team.git("tag", tag, "v1.0.0^{commit}");
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", remote]);
    team.git("remote", "add", "origin", remote);
    team.git("push", "--quiet", "origin", "main", "--tags");
    const planned = team.git("rev-parse", "main");
    const pushed = () =>
      execFileSync("git", ["-C", remote, "for-each-ref"], { encoding: "utf8" }).trim();
    await work({ team, github, planned, pushed });
  } finally {
    await team.end();
    await github.close();
    delete process.env[TOKEN_AT];
    rmSync(folder, { recursive: true });
  }
}
