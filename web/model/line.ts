import type { Instant } from "#core/base/time.ts";

/** Whether what is shown is what is so now: `back soon` while the server is gone, `offline` without a network. */
export type State = "joining" | "live" | "back soon" | "offline";

/** The line to the server, and what is known of it. */
export interface Line {
  readonly state: State;
  /** The run of the server that was heard last; null before the first word. */
  readonly server: string | null;
  /** When another run of it was heard than before; null: never. */
  readonly restartedAt: Instant | null;
}

export const NO_LINE: Line = { state: "joining", server: null, restartedAt: null };

/** The line after the stream has opened or broken off, or the network has come or gone. */
export function lineAfter(line: Line, { open, online }: { open: boolean; online: boolean }): Line {
  if (!online) return { ...line, state: "offline" };
  if (open) return { ...line, state: "live" };
  return { ...line, state: line.server === null ? "joining" : "back soon" };
}

/** The line after the server has said which run of it speaks. */
export function lineHeard(line: Line, server: string, at: Instant): Line {
  const isOther = line.server !== null && line.server !== server;
  return { state: "live", server, restartedAt: isOther ? at : line.restartedAt };
}
