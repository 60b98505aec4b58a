import type { Command } from "../../release/commands.ts";
import type { EventType, Happened, ReleaseEvent } from "../../release/events.ts";
import type { Intent, Next } from "../../release/next.ts";
import type { Course } from "../swarm/course.ts";

/** What was found: why the rule does not hold; nothing where it does. */
export type Finding = string | null | undefined;

/**
 * A rule that holds in every life of every release. It is judged by what has happened and by what is true outside, never
 * by the engine's own state alone, or a mistake of the engine would excuse itself.
 */
export interface Invariant {
  /** The rule, as docs/invariants.md publishes it. */
  readonly rule: string;
  /** At each event, before it is counted. */
  readonly event?: (course: Course, one: Happened) => Finding;
  /** The same at events of some types alone. */
  readonly on?: {
    readonly [Type in EventType]?: (
      course: Course,
      event: Extract<ReleaseEvent, { type: Type }>,
      one: Happened,
    ) => Finding;
  };
  /** After each command that was taken. */
  readonly state?: (course: Course, command: Command) => Finding;
  /** Whenever it is asked what is wanted. */
  readonly wants?: (course: Course, next: Next) => Finding;
  /** At each piece of work, before it is done. */
  readonly work?: (course: Course, intent: Intent) => Finding;
  /** When all releases of a life have ended and nothing is wanted any more. */
  readonly rest?: (course: Course) => Finding;
}
