import type { z } from "zod";
import type { Instant, Millis } from "../base/time.ts";
import type { Answer, CommandQuestion, Evidence } from "../gates/gate.ts";
import type { Objectives } from "../objectives/objective.ts";

/** What a step asks of the world outside. Every question is asked under a key that never changes on a repeat. */
export type Work =
  | CommandQuestion
  | {
      readonly ask: "tag";
      readonly name: string;
      readonly commit: string;
      readonly message: string;
      /** The commit that `write` made is tagged instead of the release's own. */
      readonly written?: true;
      readonly sign?: Signing;
      readonly push?: string;
    }
  /** Write version files and changelog, as one commit on a branch. */
  | {
      readonly ask: "write";
      readonly branch: string;
      readonly push?: string | undefined;
      readonly message: string;
      readonly withdrawn: boolean;
    }
  /** Publish notes and files on the forge. */
  | {
      readonly ask: "publish";
      readonly assets: readonly string[];
      readonly withdrawn: boolean;
      /** The component that is published; left out for the whole. */
      readonly component?: string;
    }
  /** Start the new version without traffic; all its services must be well within `timeout`. */
  | { readonly ask: "deploy"; readonly environment: string; readonly timeout: Millis }
  /** Stop the new version, which gets no traffic any more. */
  | { readonly ask: "retire"; readonly environment: string }
  /** The new version becomes the stable one; the old one is stopped. */
  | { readonly ask: "promote"; readonly environment: string }
  /** What an environment was measured to have lately: requests per second, and the share of them that fails. */
  | { readonly ask: "traffic"; readonly environment: string }
  /** Send `canary` basis points (0 to 10,000) of the traffic to the new version, the rest to the stable one. */
  | { readonly ask: "weigh"; readonly environment: string; readonly canary: number }
  /** GET each path of one version's services; all must answer 2xx within `timeout`. */
  | {
      readonly ask: "probe";
      readonly environment: string;
      readonly version: VersionRole;
      readonly paths: readonly string[];
      readonly times: number;
      readonly every: Millis;
      readonly timeout: Millis;
    }
  | { readonly ask: "measure"; readonly environment: string }
  | { readonly ask: "announce"; readonly channel: string; readonly message: string };

/** By what a tag is signed: the file of an SSH key, or the id of a GPG key. */
export type Signing = { readonly ssh: string } | { readonly gpg: string };

/** Which of the two versions of an environment: the one that came with this release, or the known good one. */
export type VersionRole = "canary" | "stable";

/** One attempt at a step: what it was answered so far, in order. */
export interface Attempt {
  readonly since: Instant;
  readonly answers: readonly { readonly at: Instant; readonly answer: Answer }[];
}

/** What a step does next. */
export type Move =
  | { readonly move: "ask"; readonly work: Work }
  | { readonly move: "wait"; readonly until: Instant; readonly why: string }
  | { readonly move: "done"; readonly evidence?: Evidence }
  | { readonly move: "fail"; readonly reason: string };

/** The parts of the pinned policy and of the release that steps may read. */
export interface StepContext {
  readonly system: string;
  readonly version: string;
  readonly commit: string;
  readonly tag: string;
  /** The components that go out with versions of their own. */
  readonly components?: readonly {
    readonly component: string;
    readonly version: string;
    readonly tag: string;
  }[];
  readonly environment?: string;
  readonly objectives: Objectives;
  /** What the judge says of the traffic now; `continue` while nothing is exposed. */
  readonly judged: { readonly verdict: "continue" | "hold" | "rollback"; readonly reason: string };
  readonly now: Instant;
  /** Items of the reports of a watch that nobody has ticked yet. */
  readonly unticked?: readonly string[];
}

/** A step as the policy says it: its kind and what the kind was told. */
export interface StepSpec {
  readonly kind: string;
  readonly config: unknown;
  /** How many times it is tried again after it failed, with growing pauses. */
  readonly retries: number;
}

/** How a step is undone: `nothing` to do, steps of the same kinds, or `impossible` (the point of no return). */
export type Undo =
  | { readonly undo: "nothing" }
  | { readonly undo: "steps"; readonly steps: readonly StepSpec[] }
  | { readonly undo: "impossible"; readonly why: string };

/** One kind of step: one file, one test, one line in `table.ts`. `Config` is what the policy says of it, read. */
export interface StepModule<Config> {
  readonly shape: z.ZodType<Config>;
  /** What it does, as an order in plain words for people, without a full stop. */
  readonly say: (config: Config) => string;
  /** The next move, from the answers so far: pure. An answer that failed has ended the attempt before this is called. */
  readonly next: (config: Config, attempt: Attempt, context: StepContext) => Move;
  /** The longest time one attempt may take, in ms. */
  readonly bound: (config: Config) => Millis;
  readonly undo: (config: Config) => Undo;
  /**
   * What says to others that a version which they may have seen was taken back. It comes last on a way back, after the old
   * version was proved to serve and outside the promised time, and it is all there is to do where a version is withdrawn.
   */
  readonly setRight?: (config: Config) => readonly StepSpec[];
  /** True when its work sends live traffic to the new version: from then on the judge is on guard. */
  readonly exposes?: boolean;
  /** For a kind that moves traffic: the share of the new version after its nth answer, in basis points. */
  readonly weightAfter?: (config: Config, answers: number) => number | undefined;
  /** A command that finds out whether work of unknown end was done (exit 0) or not (exit 1); null: a person must say. */
  readonly reconcile?: (config: Config) => CommandQuestion | null;
}

/** States a kind; only checks the types. */
export const step = <Config>(module: StepModule<Config>): StepModule<Config> => module;

/** The move of a step that asks its works one after the other and is then done. */
export function inOrder(works: readonly Work[], attempt: Attempt): Move {
  const work = works[attempt.answers.length];
  if (work !== undefined) return { move: "ask", work };
  const last = attempt.answers.at(-1)?.answer;
  return { move: "done", evidence: last?.outcome === "done" ? last.facts : {} };
}

/** The environment of a step that needs one. Every policy is checked for it before a release is planned. */
export function environmentOf({ environment }: StepContext): string {
  if (environment === undefined)
    throw new Error("a step that needs an environment was planned without one");
  return environment;
}
