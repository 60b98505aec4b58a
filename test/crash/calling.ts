// Control planes that die by themselves or in the middle of a call to the forge, one after the other.
import { join } from "node:path";
import type { FakeGithub } from "#adapters/forge/github.fake.ts";
import type { Team } from "./team.ts";

const MOST_KILLS = 200;

/** The answer to the nth call of the forge is lost, at the first try the first, at the second the second, and so on. */
function loseAnswers({ troubles, requests }: FakeGithub): ReadonlySet<number> {
  const lost = new Set<number>();
  for (let tries = 1, at = requests.length + 1; tries <= 6; tries += 1, at += tries) {
    lost.add(at);
    troubles.set(at, tries % 2 === 0 ? "lost before" : "lost after");
  }
  return lost;
}

/** Lets control planes die, by themselves or with a call that is lost, until one has come to the end. */
export async function crashThrough(team: Team, github: FakeGithub, withdraw = "") {
  const { requests } = github;
  const lost = loseAnswers(github);
  const died = { alone: 0, calling: 0 };
  for (let kills = 0; kills < MOST_KILLS; kills += 1) {
    const { pid, ended } = team.controlPlane(join(team.folder, "killed"), withdraw);
    let seen = requests.length;
    let called = false;
    const watch = setInterval(() => {
      for (; seen < requests.length && !called; seen += 1) called = lost.has(seen + 1);
      if (called && pid !== undefined) process.kill(pid, "SIGKILL");
      if (called) clearInterval(watch);
    }, 1);
    const how = await ended.finally(() => clearInterval(watch));
    if (how === "done") return died;
    // The next one waits for a lease to run out, longer than a call takes; here only until the forge has heard the last.
    await github.settled();
    died[called ? "calling" : "alone"] += 1;
  }
  throw new Error("it does not come to an end");
}
