import { problemKind } from "#api/problems.ts";
import type { Problem } from "#app/problem.ts";

/** What every answer carries: nothing is kept, framed, guessed at or shown as a page. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export function jsonAnswer(
  value: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { ...SAFE_HEADERS, "content-type": "application/json", ...headers },
  });
}

/** RFC 9457. The first problem gives the status; all are told. */
export function problemAnswer(
  problems: readonly Problem[],
  headers: Record<string, string> = {},
): Response {
  const document = problemBody(problems);
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: {
      ...SAFE_HEADERS,
      "content-type": "application/problem+json",
      ...(document.status === 401 && { "www-authenticate": 'Bearer realm="holdpoint"' }),
      ...(document.status === 503 && { "retry-after": "5" }),
      ...headers,
    },
  });
}

export function problemBody(problems: readonly Problem[]) {
  const { code, sentence, remedy } = problems[0] ?? { code: "internal", sentence: "", remedy: "" };
  const { status, title } = problemKind(code);
  return {
    type: `https://holdpoint.dev/errors#${code}`,
    title,
    status,
    detail: sentence,
    code,
    remedy,
    problems,
  };
}
