import type { z } from "zod";
import type { Instant, Millis } from "../base/time.ts";
import type { Calendar } from "../calendar/calendar.ts";
import type { Period } from "../calendar/period.ts";
import type { Reading } from "../judge/reading.ts";
import type { Objectives } from "../objectives/objective.ts";
import type { Carried } from "../versioning/changes.ts";
import type { Absence } from "./staff.ts";

/** What a gate can say. Only `pass` and `waived` let a hold go. */
type VerdictWord = "pending" | "pass" | "fail" | "inconclusive" | "error" | "waived";

/** Whether a verdict lets a hold go. */
export function letsGo({ verdict }: { readonly verdict: string }): boolean {
  return verdict === "pass" || verdict === "waived";
}

/** A gate's answer, with what it rests on. */
export interface Verdict {
  readonly verdict: VerdictWord;
  /** One sentence for people: why this verdict. */
  readonly reason: string;
  /** What the verdict rests on: counts, names, digests. */
  readonly evidence?: Evidence;
  /** For a verdict that is not pass: who can lift it, and by doing what. */
  readonly lift?: readonly string[];
  /** When the clock alone may change this verdict; the engine looks again then. */
  readonly until?: Instant;
}

export type Evidence = { readonly [key: string]: string | number | boolean | null };

/** What a gate or a step asks of the world outside; `ask` selects who performs it (src/app/perform). */
export type Question =
  | CommandQuestion
  | { readonly ask: "claim"; readonly environment: string }
  /** Look whether documents of the release's commit say something, and the notes what the release type requires. */
  | {
      readonly ask: "documents";
      readonly files: Readonly<Record<string, string>>;
      readonly notes: boolean;
    }
  | { readonly ask: "measure"; readonly environment: string }
  /** Where the error budgets of an environment stand. */
  | { readonly ask: "budget"; readonly environment: string }
  | { readonly ask: "announce"; readonly channel: string; readonly message: string }
  /** One of the places that releases of a type have in the present period. */
  | {
      readonly ask: "place";
      readonly of: string;
      readonly most: number;
      readonly per: Period;
      readonly zone: string;
    }
  /** The newest record of something, of any release. */
  | { readonly ask: "record"; readonly record: string }
  /** What other releases owe that is overdue and holds releases of a type. */
  | { readonly ask: "debts"; readonly type: string };

/** Run a command and read the report it leaves. */
export interface CommandQuestion {
  readonly ask: "command";
  readonly argv: readonly string[];
  /** Longest time it may take, in milliseconds; then its whole process group is ended. */
  readonly timeout: number;
  /** The environment that its step works in; the command sees it as HOLDPOINT_ENVIRONMENT. */
  readonly environment?: string | undefined;
  /** Names of the environment variables that are passed on, beside PATH, HOME, LANG and TZ. */
  readonly env?: readonly string[];
  /** A report file that the command writes (relative to the work tree), and its format. */
  readonly report?: { readonly format: ReportFormat; readonly file: string };
}

export const REPORT_FORMATS = ["junit", "lcov", "cobertura", "sarif", "npm-audit"] as const;
type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What the world answered. `facts` are the numbers a report was read to; gates judge nothing else. */
export type Answer =
  | { readonly outcome: "done"; readonly facts: Evidence; readonly reading?: Reading }
  | { readonly outcome: "failed"; readonly reason: string; readonly facts?: Evidence }
  /** The work was begun and its end is not known: a crash, a lost connection. Never guessed, always settled. */
  | { readonly outcome: "unknown"; readonly reason: string };

/** One person's signed yes. It binds the parts of the bundle that were seen. */
export interface Approval {
  readonly role: string;
  readonly by: string;
  readonly at: Instant;
  readonly note?: string;
}

export interface Tick {
  readonly item: string;
  readonly by: string;
  readonly at: Instant;
  readonly note?: string;
}

/** One person's word that something was done, and where that can be seen. */
export interface Proof {
  readonly by: string;
  /** When it was done, not when it was said. */
  readonly when: Instant;
  readonly link: string;
}

/** Everything a gate may look at when it judges. */
export interface Known {
  readonly now: Instant;
  readonly answer?: Answer;
  /** The answer before this one, where the question was asked again. */
  readonly before?: Answer | undefined;
  readonly approvals: readonly Approval[];
  readonly ticks: readonly Tick[];
  /** When the answer came. */
  readonly answeredAt?: Instant | undefined;
  readonly proof?: Proof | undefined;
  /** When the release passed its last phase in each environment. */
  readonly passed: Readonly<Record<string, Instant>>;
}

/** The parts of the pinned policy and of the release that gates may read. */
export interface GateContext {
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly calendar: Calendar;
  readonly objectives: Objectives;
  /** Who wrote the commits of this release. */
  readonly authors: readonly string[];
  readonly requester: string;
  /** Role that owns the gate: it can tick its items and lift it. */
  readonly owner?: string;
  readonly type: string;
  /** Who stands in for whom, by role. */
  readonly deputies: Readonly<Record<string, readonly string[]>>;
  readonly absences: readonly Absence[];
  /** The policy's own zone. */
  readonly zone: string;
  /** T-0. */
  readonly zero: Instant;
  /** Windows of the type's cadence. */
  readonly cadence: readonly string[];
  /** Windows whose day belongs to other types. */
  readonly yields: readonly string[];
  /** Longest time that the work behind the gate may take. */
  readonly work: Millis;
  /** What the release carries, by commit type; plans of earlier versions do not say. */
  readonly changes?: Readonly<Record<string, Carried>> | undefined;
  readonly document?:
    | {
        readonly effective: string;
        readonly review: string;
        readonly approvers: readonly string[];
        readonly signed: readonly { readonly by: string; readonly as: string }[];
      }
    | undefined;
}

/** One thing that a gate asks of people: an item to tick, a role to approve. */
interface PeopleAsk {
  readonly name: string;
  /** What is asked, in words; empty where the name says it. */
  readonly text: string;
  /** How many people must say yes. */
  readonly wanted: number;
}

/** One kind of gate: one file, one test, one line in `table.ts`. `Config` is what the policy says of it, read. */
export interface GateModule<Config> {
  readonly shape: z.ZodType<Config>;
  /** What must be so that it passes, in plain words for people, without a full stop. */
  readonly say: (config: Config) => string;
  /** What must be asked of the outside before the gate can be judged; null where people or the clock answer. */
  readonly ask: (config: Config, context: GateContext) => Question | null;
  /** The verdict from what is known: pure, and total over every answer. */
  readonly judge: (config: Config, known: Known, context: GateContext) => Verdict;
  /** What people are asked, one by one; absent where machines or the clock answer alone. */
  readonly people?: (config: Config) => readonly PeopleAsk[];
  /**
   * How long after an answer that did not pass the question is asked again by itself, in ms; null: not after this answer;
   * absent: only on `retry`.
   */
  readonly askAgain?: (config: Config, answer: Answer) => Millis | null;
}

/** States a kind; only checks the types. */
export const gate = <Config>(module: GateModule<Config>): GateModule<Config> => module;
