import { setTimeout as pause } from "node:timers/promises";
import { type Identity, leads, sendTo } from "./identity.ts";

/**
 * Ends a whole process group: gently, and after `grace` milliseconds by force. Resolves when nobody is left in it, or
 * shortly after the force (remains that nobody clears away stay in a group and cannot be ended any further).
 */
export async function endGroup(leader: Identity, grace: number): Promise<void> {
  if (!leads(leader)) return;
  sendTo(-leader.pid, "SIGTERM");
  if (await isGone(leader.pid, grace)) return;
  sendTo(-leader.pid, "SIGKILL");
  await isGone(leader.pid, 500);
}

async function isGone(leader: number, within: number): Promise<boolean> {
  const deadline = performance.now() + within;
  while (sendTo(-leader, 0)) {
    if (performance.now() >= deadline) return false;
    await pause(20);
  }
  return true;
}
