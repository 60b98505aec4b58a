import { z } from "zod";

/** How tags are named: a text in which `{version}` stands once. */
export const tagPattern = z
  .string()
  .regex(/^[^{}]*\{version\}[^{}]*$/, "a text in which {version} stands once, such as v{version}")
  .max(100);
