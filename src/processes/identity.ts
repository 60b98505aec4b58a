import { execFileSync } from "node:child_process";
import { readText } from "./files.ts";

/**
 * A process that can be told from a later one with the same pid: `start` is the boot of the machine and the moment in
 * it at which the process began.
 */
export interface Identity {
  readonly pid: number;
  readonly start: string;
}

/** The identity of a process that runs now; null where there is none, or only its remains (a zombie). */
export function identityOf(pid: number): Identity | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return hasProc() ? null : byPs(pid);
  // The second field is the program's name in brackets and may contain anything; the others follow its last bracket.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, threads, start] = [fields[0], fields[17], fields[19]];
  // While threads are left, what looks like remains may still hold ports and files.
  const isOver = (state === "Z" || state === "X") && Number(threads) <= 1;
  if (isOver || start === undefined) return null;
  return { pid, start: `${bootId()}:${start}` };
}

/** Whether this very process still runs. */
export function isAlive({ pid, start }: Identity): boolean {
  return identityOf(pid)?.start === start;
}

/** The identity of the process that asks. */
export function self(): Identity {
  const identity = identityOf(process.pid);
  if (identity === null) throw new Error("This machine does not tell when a process began.");
  return identity;
}

/** The identity of a child just started as the leader of a group; also when it is over already. */
export function identityOfLeader(pid: number): Identity {
  return identityOf(pid) ?? { pid, start: `${bootId()}:over` };
}

/**
 * Whether the group with a leader's pid is still the one it led. While anyone is left in a group, its number is given
 * to no other process, so where the leader itself is gone the group is its own, unless the machine has started anew.
 */
export function leads(leader: Identity): boolean {
  const now = identityOf(leader.pid);
  if (now !== null) return now.start === leader.start;
  return leader.start.startsWith(`${bootId()}:`);
}

/** Sends a signal to a process if it still is that process. Says whether it was sent. */
export function send(identity: Identity, signal: NodeJS.Signals): boolean {
  return isAlive(identity) && sendTo(identity.pid, signal);
}

/** Sends a signal to a pid, or to a group (a negative pid). Says whether there was anyone to get it. */
export function sendTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function hasProc(): boolean {
  return readText("/proc/self/stat") !== null;
}

let boot: string | undefined;
function bootId(): string {
  boot ??= readText("/proc/sys/kernel/random/boot_id")?.trim().slice(0, 8) ?? "unknown";
  return boot;
}

/** For machines without /proc (macOS): `ps` says when a process began, to the second. */
export function byPs(pid: number): Identity | null {
  try {
    const ps = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
    const [state, ...start] = ps.trim().split(/\s+/);
    if (state === undefined || state === "" || state.startsWith("Z")) return null;
    return { pid, start: start.join(" ") };
  } catch {
    return null;
  }
}
