// Asking the API. The session's cookie goes along by itself; every act has a key of its own, the same on each repeat.
import type { Problem } from "#app/problem.ts";

/** What was refused, in the server's own words. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, problems: readonly Problem[]) {
    super(problems[0]?.sentence ?? "The server gave an answer that this page does not understand.");
    this.status = status;
    this.problems = problems;
  }

  get remedy(): string {
    return this.problems[0]?.remedy ?? "Load the page again.";
  }
}

/** The server cannot be reached, or the way to it broke off. */
export class Offline extends Error {
  override readonly name = "Offline";
}

/** An answer, with the tag of what it shows where the server gave one. */
export interface Answer<Value> {
  readonly value: Value;
  readonly etag: string | null;
}

/** @throws {Refusal | Offline} */
export async function get<Value>(path: string, signal?: AbortSignal): Promise<Answer<Value>> {
  return await send<Value>(path, { ...(signal && { signal }) });
}

/** @throws {Refusal | Offline} */
export async function act<Value>(
  path: string,
  body: object,
  seen: string | null = null,
): Promise<Answer<Value>> {
  return await send<Value>(path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      ...(seen !== null && { "if-match": seen }),
    },
    body: JSON.stringify(body),
  });
}

async function send<Value>(path: string, init: RequestInit): Promise<Answer<Value>> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Offline("The server cannot be reached.", { cause });
  }
  const json: unknown = await response.json().catch(() => null);
  if (response.ok) return { value: json as Value, etag: response.headers.get("etag") };
  throw new Refusal(response.status, problemsOf(json));
}

function problemsOf(json: unknown): readonly Problem[] {
  const problems = (json as { problems?: unknown } | null)?.problems;
  return Array.isArray(problems) ? (problems as Problem[]) : [];
}
