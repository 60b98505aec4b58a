import { listed, quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Where it is said whose yes is enough for a release type, its gates ask for no other. */
export const decidedBy: Rule = (policy) =>
  Object.entries(policy.types).flatMap(([type, { "decided-by": enough }]): Found[] => {
    if (enough === undefined) return [];
    const more = seatsOf(policy, type).filter(
      ({ role, count }) => count > (Object.hasOwn(enough, role) ? (enough[role] ?? 0) : 0),
    );
    if (more.length === 0) return [];
    const said = Object.entries(enough).map(([role, count]) => `${count} of ${role}`);
    const asked = more.map(
      ({ role, count, gate, phase }) => `${quoted(gate)} of ${phase} asks for ${count} of ${role}`,
    );
    return [
      {
        severity: "error",
        path: ["types", type, "decided-by"],
        sentence: `the yes of ${listed(said)} is all that release type ${type} needs, and its gates ask for more`,
        counterexample: `with that yes alone it stays held: ${asked.join(", ")}`,
        remedy: "Take the other sign-offs out of its way, or name their roles here",
      },
    ];
  });

/** Every seat that the sign-offs on the way of a type ask for. */
function seatsOf(policy: Policy, type: string) {
  return (policy.types[type]?.phases ?? []).flatMap((phase) =>
    (policy.phases[phase]?.gates ?? []).flatMap((gate) =>
      Object.entries(policy.gates[gate]?.signoff?.roles ?? {}).map(([role, count]) => {
        return { role, count, gate, phase };
      }),
    ),
  );
}
