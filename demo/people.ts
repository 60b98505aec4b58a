// The people of the policy's roster, played: each says yes as soon as they may. They use the same desk as everyone else,
// and know of the release only what the journal says.
import type { Desk, Saying } from "#app/desk.ts";
import { evolve } from "#core/release/evolve.ts";
import type { Release } from "#core/release/state.ts";
import { readEvent } from "#core/release/upcast.ts";
import { world } from "#core/simulation/world.ts";

const LOOK = 150;

/** Plays the people of one release until it is stopped. */
export function playPeople(desk: Desk, release: string, say: (line: string) => void): () => void {
  const { people } = world();
  let state: Release | null = null;
  let after = 0;
  const look = async () => {
    const log = await desk.log({ release, after, limit: 1000 });
    for (const entry of log.ok ? log.value : []) {
      const { at, by, position } = entry;
      state = evolve(state, { at, by, event: readEvent(entry) });
      after = position;
    }
    const said = state === null ? null : (people(state, Date.now()) as Saying | null);
    if (said === null) return;
    const done = await desk.say(release, said);
    if (!done.ok) say(`${said.by}: ${done.error[0]?.sentence}`);
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch((error: unknown) => say(String(error)));
  }, LOOK);
  return () => clearInterval(timer);
}
