// The fields that shapes of the API are made of.
import { z } from "zod";

export const instant = z
  .int()
  .min(0)
  .max(8_640_000_000_000_000)
  .describe("ms since 1970-01-01T00:00Z");
export const millis = z.number().min(0).describe("ms");
export const text = z.string();
export const reason = z.string().max(2000).describe("why; kept in the journal");
export const gateName = z.string().min(1).max(64);
