import type { IncomingMessage } from "node:http";

/** Headers that speak of one connection and not of the message. */
const HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
]);
/** Headers that `Connection` may not name away: they say where a message goes, how long it is and who speaks for whom. */
const FIXED = new Set(["host", "content-length"]);

/** A message's headers as one list: name, value, name, value ... */
export type HeaderList = string[];

/** The headers that are meant for the receiver at the far end: all but those of the connection, and those it names. */
export function endToEnd(raw: readonly string[], connection: string | undefined): HeaderList {
  const named = connection === undefined ? null : namesIn(connection);
  const list: HeaderList = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = "", value = ""] = [raw[i], raw[i + 1]];
    const lower = name.toLowerCase();
    if (HOP.has(lower) || (named?.has(lower) && !FIXED.has(lower))) continue;
    list.push(name, value);
  }
  return list;
}

/**
 * A request's headers for the service. What belongs to the connection goes first, and only then is said who asked: so
 * a client cannot have the router's own headers dropped by naming them in `Connection`.
 */
export function forService(request: IncomingMessage): HeaderList {
  const { headers, socket } = request;
  const list = endToEnd(request.rawHeaders, headers.connection);
  const seen = valuesOf(list, "x-forwarded-for");
  const kept = without(list, ["x-forwarded-for", "expect"]);
  kept.push("x-forwarded-for", [...seen, socket.remoteAddress ?? "unknown"].join(", "));
  if (valuesOf(kept, "x-forwarded-proto").length === 0) kept.push("x-forwarded-proto", "http");
  if (headers.host === undefined) kept.push("host", "localhost");
  else if (valuesOf(kept, "x-forwarded-host").length === 0) {
    kept.push("x-forwarded-host", headers.host);
  }
  return kept;
}

/** Whether a body follows the head of a request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  if (headers["transfer-encoding"] !== undefined) return true;
  return headers["content-length"] !== undefined && headers["content-length"] !== "0";
}

function namesIn(connection: string): Set<string> {
  return new Set(connection.split(",").map((name) => name.trim().toLowerCase()));
}

function valuesOf(list: HeaderList, name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    if (list[i]?.toLowerCase() === name) values.push(list[i + 1] ?? "");
  }
  return values;
}

function without(list: HeaderList, names: readonly string[]): HeaderList {
  const left: HeaderList = [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    const [name = "", value = ""] = [list[i], list[i + 1]];
    if (!names.includes(name.toLowerCase())) left.push(name, value);
  }
  return left;
}
