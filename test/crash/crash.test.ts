// One release, its control plane killed by SIGKILL at every journal append and every effect, one after the other. Afterwards
// the world must look as if nothing had happened: every effect once, the service always up, the journal whole.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { soundWorld } from "./sound-world.ts";
import { makeTeam, type Team } from "./team.ts";

const MOST_KILLS = 600;

/** Lets control planes kill themselves until one has come to the end; answers how many died. */
async function crashThrough(team: Team): Promise<number> {
  const killed = join(team.folder, "killed");
  for (let kills = 0; kills < MOST_KILLS; kills += 1) {
    if ((await team.controlPlane(killed).ended) === "done") return kills;
  }
  throw new Error("it does not come to an end");
}

for (const { fails, ends, effects, version } of [
  {
    fails: false,
    ends: "stable",
    effects: ["backup", "expand", "flush", "tests"],
    version: "1.0.1",
  },
  {
    fails: true,
    ends: "rolled-back",
    effects: ["backup", "expand", "taken-back", "tests"],
    version: "1.0.0",
  },
]) {
  test(`killed at every append and effect, a release still ends ${ends}, and every effect happened once`, async () => {
    const team = await makeTeam(fails);
    try {
      const kills = await crashThrough(team);
      team.hush();
      await soundWorld(team, { ends, effects, version });
      const places = team.lines("killed");
      assert.equal(new Set(places).size, kills, "every kill was at another place");
      const at = (when: string) => places.filter((place) => place.startsWith(when)).length;
      assert.ok(at("before effect") >= 15 && at("before append") >= 15, places.join("\n"));
    } finally {
      await team.end();
    }
  });
}
