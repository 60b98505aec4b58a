// How a part of the policy says which kind it is: by the one key of the kind.
import type { z } from "zod";

/** The fields of every kind of a table, each optional: exactly one is to be given, which `read.ts` sees to. */
export function oneOf<Table extends Record<string, { shape: z.ZodType }>>(table: Table) {
  return Object.fromEntries(
    Object.entries(table).map(([kind, { shape }]) => [kind, shape.optional()]),
  ) as { [Kind in keyof Table]: z.ZodOptional<Table[Kind]["shape"]> };
}

/** What a thing with kinds is called, and its kinds: of these keys exactly one is to be given. */
export function kinds(title: string, table: object) {
  return { title, kinds: Object.keys(table) };
}
