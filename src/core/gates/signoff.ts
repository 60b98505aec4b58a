import { z } from "zod";
import { name } from "../base/shape.ts";
import { listed } from "../base/words.ts";
import { type Approval, type GateContext, gate, type Verdict } from "./gate.ts";
import { peopleAt } from "./staff.ts";

const shape = z.strictObject({
  roles: z
    .record(name, z.number().int().min(1).max(20))
    .refine((roles) => Object.keys(roles).length > 0, "at least one role")
    .meta({ description: "how many people of each role must approve", minProperties: 1 }),
  distinct: z.boolean().default(true).describe("nobody counts for two roles"),
  not: z
    .array(z.enum(["author", "requester"]))
    .default(["author"])
    .describe("duty separation: whose approval does not count"),
});
type Config = z.infer<typeof shape>;

/**
 * Approvals by role, with a quorum each. One person fills one seat only (unless `distinct: false`), and who wrote or
 * asked for the release may be excluded. Seats are filled by a maximum matching, so that a person of two roles never
 * blocks a quorum that another seating would meet.
 */
export const signoff = gate<Config>({
  shape: shape.meta({
    description: "people approve, by role, with a quorum each",
    examples: [{ roles: { "lead-developer": 1, "product-owner": 1 }, not: ["author"] }],
  }),
  say({ roles, distinct, not }) {
    const seats = Object.entries(roles).map(([role, wanted]) =>
      wanted === 1 ? `1 ${role}` : `${wanted} of ${role}`,
    );
    const barred = not.map((who) => (who === "author" ? "who wrote it" : "who asked for it"));
    const but = barred.length > 0 ? `, never ${listed(barred, "or")}` : "";
    const sole = Object.values(roles).join() === "1";
    return `${listed(seats)} ${sole ? "approves" : "approve"}${but}${distinct ? "" : "; one person may count twice"}`;
  },
  ask: () => null,
  people: ({ roles }) =>
    Object.entries(roles).map(([name, wanted]) => ({ name, text: "", wanted })),
  judge(config, { approvals, now }, context): Verdict {
    const counting = approvals.filter((given) => mayApprove(config, given, context) === null);
    const seated = seat(config, counting);
    const evidence = Object.fromEntries(
      Object.keys(config.roles).map((role) => [role, seated.get(role) ?? 0]),
    );
    const open = Object.entries(config.roles).filter(
      ([role, wanted]) => (seated.get(role) ?? 0) < wanted,
    );
    if (open.length === 0)
      return { verdict: "pass", reason: `approved by ${names(counting)}`, evidence };
    return {
      verdict: "pending",
      reason: open
        .map(([role, wanted]) => `${wanted - (seated.get(role) ?? 0)} more of ${role}`)
        .join(", "),
      evidence,
      lift: open.map(([role]) => {
        const can = peopleAt(context, role, now).filter(
          (by) =>
            mayApprove(config, { role, by, at: now }, context) === null &&
            !counting.some((given) => given.by === by),
        );
        return `${role} approves (${can.length > 0 ? can.join(", ") : "nobody in the roster is left who may"})`;
      }),
    };
  },
});

/** Why a person may not approve for a role at a moment; null when they may. */
export function mayApprove(
  config: Config,
  { role, by, at }: Pick<Approval, "role" | "by" | "at">,
  context: GateContext,
): string | null {
  if (!Object.hasOwn(config.roles, role))
    return `${role} is not asked here; asked are ${Object.keys(config.roles).join(", ")}`;
  if (!peopleAt(context, role, at).includes(by)) return `${by} is not in role ${role}`;
  if (config.not.includes("author") && context.authors.includes(by))
    return `${by} wrote part of this release`;
  if (config.not.includes("requester") && context.requester === by)
    return `${by} asked for this release`;
  return null;
}

/** How many seats of each role can be filled at once. Augmenting paths (Kuhn 1955) over approvals and seats. */
function seat(config: Config, approvals: readonly Approval[]): Map<string, number> {
  const seats = Object.entries(config.roles).flatMap(([role, wanted]) =>
    Array.from({ length: wanted }, () => role),
  );
  const takenBy = new Array<string | undefined>(seats.length);
  const person = (given: Approval) => (config.distinct ? given.by : `${given.by} ${given.role}`);
  const people = [...new Set(approvals.map(person))];
  const canSit = (who: string, role: string) =>
    approvals.some((given) => person(given) === who && given.role === role);
  const place = (who: string, seen: Set<number>): boolean =>
    seats.some((role, index) => {
      if (seen.has(index) || !canSit(who, role)) return false;
      seen.add(index);
      const sitting = takenBy[index];
      if (sitting !== undefined && !place(sitting, seen)) return false;
      takenBy[index] = who;
      return true;
    });
  for (const who of people) place(who, new Set());
  const counts = new Map<string, number>();
  seats.forEach((role, index) => {
    if (takenBy[index] !== undefined) counts.set(role, (counts.get(role) ?? 0) + 1);
  });
  return counts;
}

function names(approvals: readonly Approval[]): string {
  return approvals.map(({ by, role }) => `${by} (${role})`).join(", ");
}
