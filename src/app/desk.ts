import type { Entry, Head } from "#core/audit/entry.ts";
import type { Digest } from "#core/base/digest.ts";
import type { Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Incident } from "#core/incidents/incident.ts";
import type { Command } from "#core/release/commands.ts";
import type { AgendaEntry } from "#core/reports/agenda.ts";
import type { DebtReport } from "#core/reports/debts.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import type { StatusReport } from "#core/reports/status.ts";
import type { Days } from "./agenda-span.ts";
import type { Carried } from "./handle.ts";
import type { IncidentSaying } from "./incidents.ts";
import type { PolicyInForce } from "./policy-in-force.ts";
import type { PolicyDiff, PolicyVersion } from "./policy-versions.ts";
import type { PlanAsk } from "./ports/planner.ts";
import type { BoardRow, RowFilter } from "./ports/store.ts";
import type { Problem } from "./problem.ts";
import type { Rehearsal } from "./rehearse.ts";
import type { VerifyReport } from "./verify.ts";

/** What a person may say to a release that is under way. */
export type Saying = Exclude<Command, { ask: "plan" | "revise" | "answer" | "wake" }>;

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;
export type Acted = Answered<StatusReport>;

/**
 * Everything that people and programs can ask of Holdpoint, by whatever way they come: the CLI on its own store
 * (`LocalDesk`), or the CLI through the API of a server (`RemoteDesk`, src/api/client.ts).
 */
export interface Desk {
  /** What a release would be, without recording anything. */
  plan(ask: PlanAsk): Answered<PlanReport>;
  /** How such a release would go, were everything to go well; records nothing. */
  rehearse(ask: PlanAsk): Answered<Rehearsal>;
  /** Plans a release and sets it on its way. */
  release(ask: PlanAsk, carried?: Carried): Answered<StatusReport>;
  /** Plans a release again from today's commit and policy; voids exactly the answers that rest on what changed. */
  revise(release: string, by: string, carried?: Carried): Answered<StatusReport>;
  /** What releases owe and is not settled, the earliest due first. */
  debts(): Answered<readonly DebtReport[]>;
  /** The policy that new releases are planned by, whether it is sound or not. */
  policy(): Answered<PolicyInForce>;
  /** The policies that the latest releases were planned by, the latest first. */
  policies(): Answered<readonly PolicyVersion[]>;
  /** Two of them compared, and so many ended releases lived again under the second. */
  policyDiff(ask: { was: Digest; is: Digest; replay: number }): Answered<PolicyDiff>;
  /** What the calendar holds between two days of the policy's zone; a quarter from today where none are named. */
  agenda(days: Days): Answered<Agenda>;
  say(release: string, saying: Saying, carried?: Carried): Answered<StatusReport>;
  /** Opens, updates or resolves an incident; the policy says who may. */
  tell(saying: IncidentSaying, carried?: Pick<Carried, "request">): Answered<Incident>;
  /** All incidents, the latest opened first. */
  incidents(): Answered<readonly Incident[]>;
  /** Rows of releases, the latest planned first; only those after `before` in that order. */
  releases(filter: Omit<RowFilter, "release">): Answered<readonly BoardRow[]>;
  status(release: string): Answered<StatusReport>;
  /** Journal entries after a position, of one release or of all, in order. */
  log(ask: { release?: string; after: number; limit: number }): Answered<readonly Entry[]>;
  /** Proves the whole journal, against a head that was noted down elsewhere if one is given. */
  verify(noted?: Head): Answered<VerifyReport>;
}

/** The calendar of a policy, over some days. */
export interface Agenda {
  readonly system: string;
  readonly zone: string;
  /** When it was made. */
  readonly at: Instant;
  readonly entries: readonly AgendaEntry[];
}
