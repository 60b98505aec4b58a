import { formatDuration } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import { workOf } from "../timeline.ts";

/** What begins in a window ends in it: the work of the phase that it holds is no longer than the window. */
export const windowFit: Rule = (policy) =>
  Object.entries(policy.types).flatMap(([type, { phases, cadence }]) =>
    phases.flatMap((phase) =>
      (policy.phases[phase]?.gates ?? []).flatMap((gate) => {
        const window = policy.gates[gate]?.window;
        if (window === undefined) return [];
        const work = workOf(policy, phase);
        return (window.in.length > 0 ? window.in : cadence).flatMap((name): Found[] => {
          const open = policy.calendar.windows[name];
          // A window with `longest` is another rule's: `timing`.
          if (open === undefined || open.longest !== undefined || work <= open.for) return [];
          return [
            {
              severity: "warning",
              path: ["calendar", "windows", name, "for"],
              sentence: `the work of ${quoted(phase)} (release type ${type}) may take ${formatDuration(work)}, and the window ${quoted(name)} is open for ${formatDuration(open.for)}`,
              counterexample: `work that begins as the window opens at ${open.from.replace("T", " ")} may end ${formatDuration(work - open.for)} after it has shut`,
              remedy: "Open it for longer, or give the steps shorter limits",
            },
          ];
        });
      }),
    ),
  );
