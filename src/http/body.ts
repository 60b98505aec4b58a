import type { z } from "zod";
import { problem } from "#api/problems.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";

const MOST_BYTES = 256 * 1024;
const MOST_DEPTH = 32;

type Read<Value> = Result<Value, readonly Problem[]>;
const no = (code: Parameters<typeof problem>[0]): Read<never> => err([problem(code)]);

/** The body of a request as its shape. Type, size and depth are looked at before anything is parsed. */
export async function readBody(request: Request, shape: z.ZodType<object>): Promise<Read<object>> {
  const type = request.headers.get("content-type")?.toLowerCase() ?? "";
  const known = type === "application/json" || type === "application/json; charset=utf-8";
  if (!known || request.headers.has("content-encoding")) return no("bad-media-type");
  const bytes = await readBytes(request);
  if (bytes === null) return no("too-large");
  const text = decode(bytes);
  if (text === null) return no("bad-json");
  if (depthOf(text) > MOST_DEPTH) return no("too-deep");
  const json = parse(text);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return no("bad-json");
  return shaped(json, shape);
}

/** What an address asks for behind its question mark, as its shape. A name may stand there once. */
export function readQuery(url: URL, shape: z.ZodType<object>): Read<object> {
  const names = [...url.searchParams.keys()];
  if (new Set(names).size < names.length) return no("bad-request");
  return shaped(Object.fromEntries(url.searchParams), shape);
}

/** Says which field is wrong, by the shape's own words; never what stood there. */
function shaped(value: object, shape: z.ZodType<object>): Read<object> {
  const read = shape.safeParse(value);
  if (read.success) return ok(read.data);
  const faults = read.error.issues.slice(0, 10).map(({ path, code }) => {
    // Only names of the shape itself appear in a path: strict objects report foreign keys at their parent.
    const field = path.map(String).join(".");
    return problem("bad-request", {
      sentence:
        code === "unrecognized_keys"
          ? "The request has a field that is not known here."
          : `The request's ${field === "" ? "shape" : `field ${field}`} is not as it should be.`,
    });
  });
  return err(faults);
}

async function readBytes(request: Request): Promise<Uint8Array | null> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (!(declared <= MOST_BYTES)) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** How deep brackets nest outside of strings; a lower bound of what a parser would build. */
function depthOf(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (quoted && character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted) depth += NESTING[character] ?? 0;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const NESTING: Readonly<Record<string, number>> = { "{": 1, "[": 1, "}": -1, "]": -1 };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
