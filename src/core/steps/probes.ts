import { z } from "zod";
import { duration } from "../base/shape.ts";
import { SECOND } from "../base/time.ts";

/** A path of a service, asked by GET. */
export const path = z
  .string()
  .regex(/^\/[\w\-./~%?=&+]*$/, "a path that begins with /, such as /api/ready")
  .max(500);

/** What every kind that probes services says of it. */
export const probeFields = {
  paths: z.array(path).max(50).default([]).describe("paths that must answer 2xx on every service"),
  times: z.number().int().min(1).max(1000).default(1).describe("how many good rounds in a row"),
  every: duration.default(5 * SECOND).describe("pause between rounds"),
  within: duration.default(60 * SECOND).describe("by when it must have succeeded"),
};
