// The public status page below /status: the files that the page keeper writes, with no login. Nothing that a request says
// becomes a path on the disk.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { digestText } from "#core/base/digest.ts";
import { CONTENT_POLICY } from "#core/status-page/html.ts";
import { SAFE_HEADERS } from "./answer.ts";

/** Answers requests for the page's files; null for anything else, and as long as there is no page. */
export type PublicPage = (request: Request) => Promise<Response | null>;

const HOME = "/status";
const TYPES: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "feed.atom": "application/atom+xml; charset=utf-8",
  "style.css": "text/css; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
};

/** How long others may keep it without asking, and for how long they may show it where nobody answers, in s. */
const CACHE = "public, max-age=15, stale-if-error=86400";

/** @param folder where the keeper writes, absolute */
export function openStatusPage(folder: string): PublicPage {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || (pathname !== HOME && !pathname.startsWith(`${HOME}/`))) return null;
    // Below a folder, so that the page's own links, which know no address, lead to its files.
    if (pathname === HOME) return moved(`${HOME}/index.html`);
    const name = pathname.slice(HOME.length + 1);
    const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
    const text = type && (await readFile(join(folder, name), "utf8").catch(() => null));
    return type && typeof text === "string" ? give(text, type, request) : null;
  };
}

function give(text: string, type: string, { method, headers }: Request): Response {
  const etag = `"${digestText(text).slice(0, 32)}"`;
  const said = {
    ...SAFE_HEADERS,
    "cache-control": CACHE,
    "content-security-policy": `${CONTENT_POLICY}; frame-ancestors 'none'`,
    "cross-origin-resource-policy": "cross-origin",
    etag,
  };
  const known = (headers.get("if-none-match") ?? "").split(",").map((one) => one.trim());
  if (known.some((one) => one === "*" || one.replace(/^W\//, "") === etag))
    return new Response(null, { status: 304, headers: said });
  const body = method === "HEAD" ? null : text;
  return new Response(body, { headers: { ...said, "content-type": type } });
}

function moved(location: string): Response {
  const headers = { ...SAFE_HEADERS, "cache-control": CACHE, location };
  return new Response(null, { status: 308, headers });
}
