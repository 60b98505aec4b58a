// The few field shapes that every part of a policy is written in. Zod is the one library core knows: a kind
// states the shape of its own configuration beside its rule, so that one kind stays one file.
import { z } from "zod";
import { type Millis, parseDuration } from "./time.ts";

/**
 * A name in a policy: roles, gates, phases, services, environments ... Every JavaScript object has a `constructor`, so it
 * would seem to be there wherever it is looked for; as a key it is refused already.
 */
export const name = z
  .string()
  .regex(
    /^(?!constructor$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    "a name in lower-case letters, digits and single hyphens",
  )
  .max(64);

/** A duration with its unit, in milliseconds once read. Six digits keep every moment within what calendars can say. */
export const duration = z
  .string()
  .regex(
    /^\d{1,6}(?:\.\d{1,3})?\s*(?:ms|s|min|h|days?|d|weeks?)$/,
    "a duration with its unit, such as 5 min, 2 h or 3 d",
  )
  .meta({ unit: "duration", examples: ["30 s", "5 min", "48 h", "2 weeks"] })
  .transform((text): Millis => parseDuration(text) ?? 0);

/** A time counted from T-0, as its text: what a day is depends on the zone, so `momentFromZero` reads it. */
export const offset = z
  .string()
  .regex(
    /^T(?:[+-]\d{1,6}(?:\.\d{1,3})?\s*(?:s|min|h|d|days?|weeks?))?$/,
    "a time before or after T-0, such as T-1 h",
  );

/** A share in per cent with at most two decimals, as basis points (1/100 of a per cent, 0 to 10,000) once read. */
export const share = z
  .string()
  .regex(
    /^(?:100(?:\.0{1,2})?|\d{1,2}(?:\.\d{1,2})?)\s*%$/,
    "a share such as 5 % or 0.1 %, in steps of 0.01 %",
  )
  .meta({ unit: "share", examples: ["5 %", "0.1 %"] })
  .transform((text) => Math.round(Number.parseFloat(text) * 100));

/** A command as a list of arguments. There is no shell: `&&`, `|` and `$VAR` mean nothing in it. */
export const argv = z.array(z.string().min(1).max(4096)).min(1).max(64);

/** One line of text for people. */
export const line = z
  .string()
  .min(1)
  .max(500)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out
  .regex(/^[^\u0000-\u001f\u007f]*$/, "one line of text without control characters");

/** A path below the top of the repository, without a way out of it. */
export const repositoryPath = line
  .max(300)
  .regex(
    /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\]+$/,
    "a path below the top of the repository, with / between its parts",
  );
