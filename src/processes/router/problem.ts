import { type ServerResponse, STATUS_CODES } from "node:http";

/** Answers with a problem (RFC 9457) where nothing has been answered yet. */
export function problem(
  response: ServerResponse,
  status: number,
  detail: string,
  more: Readonly<Record<string, string | number>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const body = JSON.stringify({ title: STATUS_CODES[status], status, detail, ...more });
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(body);
}
