// The built console, from memory: nothing that a request says ever becomes a path on the disk.
import { existsSync, globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { SAFE_HEADERS } from "./answer.ts";

/** Where `npm run console` leaves it. */
const BUILT = fileURLToPath(new URL("../../dist/console", import.meta.url));

/** Answers requests for the console's pages and their parts; null for anything else. */
export type ConsolePages = (request: Request) => Response | null;

/** Only our own scripts, styles, pictures and API: no other site, nothing inside the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

interface Kept {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
}

/** Reads the built console into memory; null when it was not built. */
export function openConsole(folder: string = BUILT): ConsolePages | null {
  if (!existsSync(join(folder, "index.html"))) return null;
  const files = new Map<string, Kept>();
  for (const path of globSync("{index.html,assets/*}", { cwd: folder })) {
    const type = TYPES[extname(path)];
    const plain = new Uint8Array(readFileSync(join(folder, path)));
    if (type) files.set(`/${path}`, { type, plain, zipped: new Uint8Array(gzipSync(plain)) });
  }
  return (request) => {
    const { pathname } = new URL(request.url);
    const asset = files.get(pathname);
    if (asset && pathname !== "/index.html") return give(asset, request, true);
    // Every page is the same document, which finds out by itself where it is.
    const page = files.get("/index.html");
    return page && wantsPage(request, pathname) ? give(page, request, false) : null;
  };
}

function wantsPage({ method, headers }: Request, pathname: string): boolean {
  const isPage = pathname === "/" || !/^\/(?:api|assets)(?:\/|$)/.test(pathname);
  return isPage && method === "GET" && (headers.get("accept") ?? "").includes("text/html");
}

/** @param forGood whether the name changes with the content, so that it can be kept for ever */
function give({ type, plain, zipped }: Kept, { headers }: Request, forGood: boolean): Response {
  const zip = /\bgzip\b/.test(headers.get("accept-encoding") ?? "");
  return new Response(zip ? zipped : plain, {
    headers: {
      ...SAFE_HEADERS,
      "content-security-policy": POLICY,
      "cache-control": forGood ? "public, max-age=31536000, immutable" : "no-cache",
      "content-type": type,
      vary: "accept-encoding",
      ...(zip && { "content-encoding": "gzip" }),
    },
  });
}
