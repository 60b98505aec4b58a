// When releases of a type go, in words.
import { listed } from "../../base/words.ts";
import { sayRecurring } from "../../calendar/rule-words.ts";
import type { Policy } from "../../policy/policy.ts";

/** Its regular windows, one phrase each; that it goes at any time where it has none. Plain text. */
export function sayGoes(policy: Policy, type: string): readonly string[] {
  const cadence = policy.types[type]?.cadence ?? [];
  const said = cadence.map((window) => sayWindow(policy, window));
  return said.length > 0 ? said : ["at any time that its gates allow"];
}

/** When a window opens; with its zone where that is another than the policy's. Plain text. */
export function sayWindow({ calendar, zone: own }: Policy, name: string): string {
  const window = calendar.windows[name];
  if (window === undefined) return name;
  const zone = window.zone === undefined || window.zone === own ? "" : ` (${window.zone})`;
  return `${sayRecurring(window)}${zone}`;
}

/** The types that go first where the days meet; empty where none does. Plain text. */
export function sayYields(policy: Policy, type: string): string {
  const yields = policy.types[type]?.yields ?? [];
  if (yields.length === 0) return "";
  return `where a ${listed(yields, "or")} opens on the same day, the day is theirs`;
}
