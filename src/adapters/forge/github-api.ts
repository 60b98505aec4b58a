// The HTTP of GitHub's API: headers, pages, limits of rate, and which failures are worth another try.
import type { Asset } from "#app/ports/outside.ts";
import { quoted } from "#core/base/words.ts";

/** GitHub said no for good: trying again would change nothing. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export interface Api {
  /** Null for 404. */
  find<Value>(path: string): Promise<Value | null>;
  /** Every page of a list. */
  all<Value>(path: string): Promise<readonly Value[]>;
  post<Value>(path: string, body: object): Promise<Value>;
  patch<Value>(path: string, body: object): Promise<Value>;
  /** Done where there is nothing any more. */
  remove(path: string): Promise<void>;
  /** @param address the `upload_url` of a release, a template of RFC 6570 */
  upload(address: string, asset: Asset): Promise<void>;
}

export interface ApiParts {
  readonly base: string;
  readonly token: string;
  readonly pause: (millis: number) => Promise<void>;
  readonly timeout: number;
}

const TRIES = 4;
const LONGEST_PAUSE = 60_000;
const PAGE = 100;
/** GitHub gives at most ten thousand releases. */
const MOST_PAGES = 100;

/** @throws {Refused} for an answer that another try would not change; {Error} where GitHub cannot be reached for now */
export function githubApi(parts: ApiParts): Api {
  const base = parts.base.replace(/\/+$/, "");
  const ask = (method: string, path: string, body?: object) =>
    send(parts, {
      method,
      url: `${base}${path}`,
      ...(body && { body: JSON.stringify(body), type: "application/json" }),
    });
  const value = async <Value>(response: Response) => (await response.json()) as Value;
  return {
    async find<Value>(path: string) {
      const response = await ask("GET", path);
      if (response.status === 404) return await nothing(response);
      return await value<Value>(await good(response, path));
    },
    async all<Value>(path: string) {
      const found: Value[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const response = await ask("GET", `${path}?per_page=${PAGE}&page=${page}`);
        const here = await value<readonly Value[]>(await good(response, path));
        found.push(...here);
        if (here.length < PAGE) return found;
      }
      throw new Refused(`GitHub lists more than ${MOST_PAGES * PAGE} things at ${path}`);
    },
    post: async <Value>(path: string, body: object) =>
      await value<Value>(await good(await ask("POST", path, body), path)),
    patch: async <Value>(path: string, body: object) =>
      await value<Value>(await good(await ask("PATCH", path, body), path)),
    async remove(path) {
      const response = await ask("DELETE", path);
      await nothing(response.status === 404 ? response : await good(response, path));
    },
    async upload(address, { name, type, bytes }) {
      const url = uploadAddress(base, address);
      url.searchParams.set("name", name);
      const response = await send(parts, { method: "POST", url: url.href, body: bytes, type });
      await nothing(await good(response, `the file ${name}`));
    },
  };
}

interface Sending {
  readonly method: string;
  readonly url: string;
  readonly body?: string | Uint8Array;
  readonly type?: string;
}

/** One request, tried again after a pause while GitHub is overloaded or its limit of rate is reached. */
async function send(parts: ApiParts, sending: Sending): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await once(parts, sending);
    const pause = pauseAfter(response, tries);
    if (pause === null) return response;
    await nothing(response);
    if (tries >= TRIES || pause > LONGEST_PAUSE)
      throw new Error(
        `GitHub answered ${response.status} to ${sending.method}; it is to be asked again in ${Math.ceil(pause / 1000)} s`,
      );
    await parts.pause(pause);
  }
}

function once(
  { token, timeout }: ApiParts,
  { method, url, body, type }: Sending,
): Promise<Response> {
  return fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(timeout),
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "user-agent": "holdpoint",
      "x-github-api-version": "2022-11-28",
      ...(type !== undefined && { "content-type": type }),
    },
    ...(body !== undefined && { body: body as NonNullable<RequestInit["body"]> }),
  });
}

/** How long to wait before the next try, in ms, as GitHub asks for; null for an answer that stands. */
function pauseAfter({ status, headers }: Response, tries: number): number | null {
  const limited =
    status === 429 ||
    (status === 403 &&
      (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0"));
  if (!limited && status < 500) return null;
  const after = Number(headers.get("retry-after"));
  if (after > 0) return after * 1000;
  const reset = Number(headers.get("x-ratelimit-reset")) * 1000;
  const now = Date.parse(headers.get("date") ?? "");
  if (limited && reset > 0 && !Number.isNaN(now)) return Math.max(reset - now, 1000);
  return 500 * 2 ** tries;
}

/** The answer, if it is a good one. */
async function good(response: Response, what: string): Promise<Response> {
  if (response.ok) return response;
  const { status } = response;
  const text = await response.text().catch(() => "");
  throw new Refused(`GitHub answered ${status} for ${what}${meaning(status)}: ${saidIn(text)}`);
}

function meaning(status: number): string {
  if (status === 401) return ", because the token is not valid";
  if (status === 403 || status === 404) return ", which the token may not see or change";
  if (status >= 300 && status < 400)
    return ", which has moved: write the repository's present name";
  return "";
}

/** What GitHub says is wrong, as a short quotation. */
function saidIn(text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as { message?: unknown; errors?: unknown };
    const more = Array.isArray(errors) ? ` ${JSON.stringify(errors)}` : "";
    return quoted(`${String(message)}${more}`);
  } catch {
    return quoted(text);
  }
}

/** Where files go: a server that belongs to the API's own, or the token would be given away. */
function uploadAddress(base: string, template: string): URL {
  const url = new URL(template.replace(/\{.*\}$/, ""));
  const api = new URL(base);
  const uploads = api.host.replace(/^api\./, "uploads.");
  if (url.protocol === api.protocol && (url.host === api.host || url.host === uploads)) return url;
  throw new Refused(
    `GitHub names ${quoted(url.host)} for files, which is no server of ${quoted(api.host)}`,
  );
}

async function nothing(response: Response): Promise<null> {
  await response.body?.cancel();
  return null;
}
