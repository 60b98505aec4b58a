import type { Answer } from "../gates/gate.ts";
import type { Plan } from "./plan.ts";

/** What may be asked of a release. `by` is who asks: a person, or `holdpoint` for the worker and the clock. */
export type Command =
  | { readonly ask: "plan"; readonly by: string; readonly plan: Plan }
  | { readonly ask: "revise"; readonly by: string; readonly plan: Plan }
  | {
      readonly ask: "approve";
      readonly by: string;
      readonly gate: string;
      readonly role?: string | undefined;
      readonly note?: string | undefined;
    }
  | {
      readonly ask: "tick";
      readonly by: string;
      readonly gate: string;
      readonly item: string;
      readonly note?: string | undefined;
    }
  | { readonly ask: "waive"; readonly by: string; readonly gate: string; readonly reason: string }
  | {
      readonly ask: "prove";
      readonly by: string;
      readonly gate: string;
      readonly link: string;
      /** When it was done; left out: now. */
      readonly when?: number | undefined;
    }
  | {
      readonly ask: "discharge";
      readonly by: string;
      readonly debt: string;
      readonly link: string;
      readonly note?: string | undefined;
    }
  | { readonly ask: "retry"; readonly by: string; readonly gate?: string | undefined }
  | { readonly ask: "rollback"; readonly by: string; readonly reason: string }
  /** Takes a version back that is out. */
  | { readonly ask: "withdraw"; readonly by: string; readonly reason: string }
  | { readonly ask: "abort"; readonly by: string; readonly reason: string }
  | { readonly ask: "settle"; readonly by: string; readonly done: boolean; readonly reason: string }
  /** Lets releases enter an environment again that was frozen because a rollback took too long. */
  | { readonly ask: "unfreeze"; readonly by: string; readonly reason: string }
  /** The worker hands back what the world answered to an intent. */
  | {
      readonly ask: "answer";
      readonly by: string;
      readonly intent: string;
      readonly answer: Answer;
    }
  /** Time has passed. */
  | { readonly ask: "wake"; readonly by: string };
