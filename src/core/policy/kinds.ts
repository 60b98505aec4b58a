// How a part of the policy says which kind it is: by the one key of the kind.
import { z } from "zod";

/** The fields of every kind of a table, each optional. */
function oneOf<Table extends Record<string, { shape: z.ZodType }>>(table: Table) {
  return Object.fromEntries(
    Object.entries(table).map(([kind, { shape }]) => [kind, shape.optional()]),
  ) as { [Kind in keyof Table]: z.ZodOptional<Table[Kind]["shape"]> };
}

/**
 * A mapping that says which kind of thing it is by one key of a table, beside the fields that all kinds have. What is
 * wrong with the kinds is told by `policy-file/kinds.ts`, which knows what else was meant: here it is only refused.
 * @param title what such a thing is called
 */
export function ofOneKind<
  Table extends Record<string, { shape: z.ZodType }>,
  Fields extends z.ZodRawShape = Record<never, never>,
>(title: string, table: Table, fields: Fields = {} as Fields) {
  const kinds = Object.keys(table);
  return z
    .strictObject({ ...fields, ...oneOf(table) })
    .refine((given) => kinds.filter((kind) => given[kind as never] !== undefined).length === 1, {
      error: `exactly one of ${kinds.join(", ")}`,
      params: { what: "kinds" },
    })
    .meta({ title, kinds });
}

/** Whether an issue of zod is about nothing but the kinds of a thing. */
export function isOfKinds(issue: z.core.$ZodIssue): boolean {
  return issue.code === "custom" && issue.params?.["what"] === "kinds";
}
