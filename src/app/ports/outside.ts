import type { Instant } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { Reading } from "#core/judge/reading.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Signing, VersionRole } from "#core/steps/step.ts";
import type { History } from "./history.ts";

/**
 * The doors to the outside. Every effect comes with a key that stays the same when the effect is asked for again after a
 * crash. An adapter first finds out whether the key's effect has happened: then it answers as it did or would have then.
 * What it cannot find out it answers as `unknown`; it never guesses. Exceptions mean that the world is lost for now
 * (a network, a disk): the worker asks again later under the same key.
 */

export interface RunCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Milliseconds; then the whole process group is ended, first gently. */
  readonly timeout: number;
  /** The whole environment of the command. */
  readonly env: Readonly<Record<string, string>>;
  /** Hand back standard output by itself too, for commands that print something to be read. */
  readonly stdout?: boolean;
}

export type RunResult =
  | {
      readonly end: "exited";
      readonly code: number;
      /** The last mebibyte of both outputs together, without secrets. */
      readonly output: string;
      readonly stdout?: string;
      readonly took: number;
    }
  | {
      readonly end: "killed";
      readonly signal: string;
      readonly output: string;
      readonly took: number;
    }
  | { readonly end: "timeout"; readonly output: string; readonly took: number }
  /** The command could not be started: no such program, no right to run it. */
  | { readonly end: "not-started"; readonly reason: string }
  /** It was started and its end is lost. */
  | { readonly end: "unknown"; readonly reason: string };

/** Runs commands exactly once per key, even when Holdpoint is killed meanwhile. */
export interface Runner {
  run(key: string, command: RunCommand): Promise<RunResult>;
}

/** One version of the services of one environment, as a platform needs to know it. */
export interface Target {
  readonly environment: string;
  readonly release: string;
  readonly version: string;
  readonly commit: string;
  /** The version that served before it, where there is one. */
  readonly previous?: string | undefined;
  readonly services: Policy["services"];
}

export interface ProbeAsk {
  readonly of: VersionRole;
  readonly paths: readonly string[];
  readonly times: number;
  readonly every: number;
  readonly timeout: number;
}

/** Where services run. One file per kind in src/adapters/platform; one suite for all. */
export interface Platform {
  /**
   * Starts the target beside the stable version, without traffic; done when all its services are healthy. A target that
   * is not after `timeout` ms is taken away again, whatever it was busy with, and the deploy has failed.
   */
  deploy(key: string, target: Target, timeout: number): Promise<Answer>;
  /** Basis points of the traffic for the target; the rest goes to the stable version. Done when it is in force. */
  weigh(key: string, target: Target, canary: number): Promise<Answer>;
  /** Stops the target, which gets no traffic. A target that is not there is done. */
  retire(key: string, target: Target): Promise<Answer>;
  /** Makes the target the stable version and stops the old one. */
  promote(key: string, target: Target): Promise<Answer>;
  probe(key: string, target: Target, ask: ProbeAsk): Promise<Answer>;
  /** Running totals and health of both versions now. */
  measure(target: Target): Promise<Reading>;
}

/** A message of the policy with what fills it: each channel fills it itself, because only it knows how to escape. */
export interface Message {
  /** Templates for `fill` of core/reports/message.ts. */
  readonly title: string;
  readonly body: string;
  /** What happened, for the templates and for machines. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Where people read. One file per kind in src/adapters/channel. */
export interface Channel {
  send(key: string, message: Message): Promise<Answer>;
}

export interface TagAsk {
  readonly name: string;
  readonly commit: string;
  readonly message: string;
  readonly sign?: Signing | undefined;
  /** The remote that gets it too. */
  readonly push?: string | undefined;
}

export interface CommitAsk {
  readonly parent: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly message: string;
  /** Its date. */
  readonly at: Instant;
}

/** What is published on a forge under a tag. */
export interface Publication {
  readonly tag: string;
  readonly commit: string;
  readonly title: string;
  /** Markdown. */
  readonly notes: string;
  readonly prerelease: boolean;
  readonly assets: readonly Asset[];
}

export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Where releases are published. One file per kind in src/adapters/forge. Asked again after any failure, it finishes. */
export interface Forge {
  publish(key: string, publication: Publication): Promise<Answer>;
  /** Marks what was published under a tag; done where nothing was. */
  withdraw(key: string, ask: { readonly tag: string; readonly notes: string }): Promise<Answer>;
}

/** The team's repository, through the git binary. */
export interface Repository extends History {
  /** The absolute top of the work tree. */
  readonly root: string;
  head(): Promise<string>;
  isDirty(): Promise<boolean>;
  /** Paths and blob ids below a commit that match any of the globs, sorted by path. */
  files(
    commit: string,
    globs: readonly string[],
  ): Promise<readonly { path: string; blob: string }[]>;
  /**
   * Creates a tag, annotated or signed, looks at what was made, and pushes it. The same tag on the same commit is done; on
   * another commit, or without the signature that is asked for, it failed.
   */
  tag(ask: TagAsk): Promise<Answer>;
  /**
   * A commit on top of another with these files changed and all else as it was; nothing points at it. Equal asks make the
   * same commit.
   */
  commitFiles(ask: CommitAsk): Promise<string>;
  /** Gives a commit a name of Holdpoint's own, which `resolve` finds as `refs/holdpoint/...`. */
  mark(name: string, commit: string): Promise<void>;
  /** Moves a branch on from where it is known to be; a work tree in which it is checked out goes along. */
  advance(branch: string, from: string, to: string): Promise<Answer>;
  /** Makes a remote's branch the commit, never against what others have pushed there. */
  push(remote: string, branch: string, commit: string): Promise<Answer>;
  /** Writes the whole tree of a commit into an empty or missing folder; one that it was written into before is left. */
  checkOut(commit: string, folder: string): Promise<void>;
}
