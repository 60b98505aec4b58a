/** Whether what is shown is what is so now: `live`, `back soon` while the server is gone, `offline` without a network. */
export type Line = "live" | "back soon" | "offline";

const OPEN = 1;

/** @param readyState of the EventSource: 0 connecting, 1 open, 2 closed for good */
export function lineOf(readyState: number, online: boolean): Line {
  if (!online) return "offline";
  return readyState === OPEN ? "live" : "back soon";
}
