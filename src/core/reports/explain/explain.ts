// The release document that a policy stands for, made from the policy alone: always true, because nobody writes it.
import { dayIn, type Instant, momentOfDay } from "../../base/time.ts";
import type { Policy } from "../../policy/policy.ts";
import { calendarSection } from "./calendar.ts";
import { componentSection } from "./components.ts";
import { environmentSection } from "./environments.ts";
import { exceptionSection } from "./exceptions.ts";
import { gateSection } from "./gates.ts";
import { type Section, text, write } from "./page.ts";
import { peopleSection } from "./people.ts";
import { promiseSection } from "./promises.ts";
import { publicSection } from "./public.ts";
import { rollbackSection } from "./rollback.ts";
import { standingSection } from "./standing.ts";
import { tellSection } from "./tell.ts";
import type { Told } from "./told.ts";
import { typeSections } from "./types.ts";

/** The sections of the document, in order: one file each. */
const SECTIONS: readonly ((told: Told) => Section)[] = [
  standingSection,
  typeSections,
  gateSection,
  environmentSection,
  componentSection,
  rollbackSection,
  promiseSection,
  tellSection,
  publicSection,
  calendarSection,
  peopleSection,
  exceptionSection,
];

/**
 * A sound policy as a release document in Markdown. The same policy and day give the same text.
 * @param at any moment of the day from which the calendar is shown
 */
export function explained(policy: Policy, at: Instant): string {
  const day = dayIn(at, policy.zone);
  const told = { policy, day, from: momentOfDay(day, policy.zone) };
  const title = `How ${text(policy.system)} is released`;
  const blocks = SECTIONS.map((section) => section(told));
  return `${write([{ title, blocks: [ABOUT(policy, day), ...blocks] }], 1)}\n`;
}

function ABOUT({ zone }: Policy, day: string): string {
  return `As the policy says on ${day}. It is made from the policy that releases are run by, so what is written here is what happens. Times are in ${text(zone)} unless another zone is named; T-0 is the moment at which a release is to begin its work in public.`;
}
