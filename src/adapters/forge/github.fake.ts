// GitHub's releases as a server on the loopback, for tests. Every request and every answer of it is judged by GitHub's own
// OpenAPI description (schema/github.json); what does not fit is a fault that the test sees.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Json, judgeAnswer, judgeRequest, ROUTES } from "./github-description.fake.ts";

interface Release extends Json {
  id: number;
  tag_name: string;
  draft: boolean;
}

interface AssetRow extends Json {
  id: number;
  name: string;
  state: string;
  size: number;
  release: number;
}

/** What one request comes to: an answer instead of the real one, or the loss of the answer after the deed. */
export type Trouble =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | "lost before"
  | "lost after"
  /** The upload breaks off half-way, as GitHub leaves it: an empty file that is not `uploaded`. */
  | "half";

export interface FakeGithub {
  readonly address: string;
  /** `METHOD path` of every request, in order. */
  readonly requests: readonly string[];
  /** What did not fit the description. */
  readonly faults: readonly string[];
  readonly releases: Release[];
  readonly assets: AssetRow[];
  /** Tags that the repository has. */
  readonly tags: Set<string>;
  /** What goes wrong with the nth request, from 1. */
  readonly troubles: Map<number, Trouble>;
  /** Every call that was sent has been served, also those of callers that are gone. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** @param token the one that is let in */
export async function fakeGithub(token: string): Promise<FakeGithub> {
  const state = {
    requests: [] as string[],
    faults: [] as string[],
    releases: [] as Release[],
    assets: [] as AssetRow[],
    tags: new Set<string>(),
    troubles: new Map<number, Trouble>(),
    next: 1,
    token,
    address: "",
  };
  const server = createServer((request, response) => {
    serve(state, request, response).catch((error: unknown) => {
      state.faults.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const at = server.address();
  if (at === null || typeof at === "string") throw new Error("no port");
  state.address = `http://127.0.0.1:${at.port}`;
  return Object.assign(state, {
    async settled() {
      const calls = () =>
        new Promise<number>((done) => server.getConnections((_, count) => done(count)));
      // A call that has only just come is counted a turn later.
      for (let quiet = 0; quiet < 2; quiet = (await calls()) === 0 ? quiet + 1 : 0)
        await new Promise((later) => setTimeout(later, 10));
    },
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  });
}

type State = {
  -readonly [Key in Exclude<
    keyof FakeGithub,
    "settled" | "close" | "requests" | "faults"
  >]: FakeGithub[Key];
} & { requests: string[]; faults: string[]; next: number; token: string };

async function serve(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", state.address);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  state.requests.push(`${request.method} ${url.pathname}`);
  const trouble = state.troubles.get(state.requests.length);
  if (trouble === "lost before") return void response.destroy();
  if (typeof trouble === "object")
    return answer(
      response,
      trouble.status,
      trouble.body ?? { message: "trouble" },
      trouble.headers,
    );
  const route = ROUTES.find(
    ({ method, pattern }) => method === request.method && pattern.test(url.pathname),
  );
  if (route === undefined)
    return fault(state, response, `there is no ${request.method} ${url.pathname}`);
  const wrong = judgeRequest(route, { request, url, bytes }, state.token);
  if (wrong !== null) return fault(state, response, `${route.name}: ${wrong}`);
  const params = route.pattern.exec(url.pathname)?.groups ?? {};
  const said = route.operation.body === null ? {} : (JSON.parse(bytes.toString()) as Json);
  const { status, body } = act(state, route.name, {
    params,
    said,
    url,
    bytes,
    isHalf: trouble === "half",
  });
  const misfit = judgeAnswer(route, status, body);
  if (misfit !== null) state.faults.push(misfit);
  if (trouble === "lost after") return void response.destroy();
  answer(response, status, body);
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

function fault(state: State, response: ServerResponse, what: string): void {
  state.faults.push(what);
  answer(response, 422, { message: what });
}

interface Deed {
  readonly params: Readonly<Record<string, string>>;
  readonly said: Json;
  readonly url: URL;
  readonly bytes: Buffer;
  readonly isHalf: boolean;
}

type Act = (state: State, deed: Deed) => { status: number; body: unknown };

const NOT_FOUND = { status: 404, body: { message: "Not Found" } };

const ACTS: Readonly<Record<string, Act>> = {
  "GET /repos/{owner}/{repo}/releases": (state, { url }) => page(state.releases.toReversed(), url),
  "GET /repos/{owner}/{repo}/releases/tags/{tag}": (state, { params }) => {
    const tag = decodeURIComponent(params["tag"] ?? "");
    const found = state.releases.find((one) => one.tag_name === tag && !one.draft);
    return found === undefined ? NOT_FOUND : { status: 200, body: found };
  },
  "POST /repos/{owner}/{repo}/releases": (state, { said, url }) => {
    const release = newRelease(state, url, said);
    state.releases.push(release);
    return { status: 201, body: release };
  },
  "PATCH /repos/{owner}/{repo}/releases/{release_id}": (state, { params, said }) => {
    const release = state.releases.find(({ id }) => id === Number(params["release_id"]));
    if (release === undefined) return NOT_FOUND;
    const { make_latest: _, ...fields } = said;
    Object.assign(release, fields, said["draft"] === false && { published_at: MOMENT });
    return { status: 200, body: release };
  },
  "DELETE /repos/{owner}/{repo}/releases/{release_id}": (state, { params }) => {
    state.releases = state.releases.filter(({ id }) => id !== Number(params["release_id"]));
    return { status: 204, body: null };
  },
  "GET /repos/{owner}/{repo}/releases/{release_id}/assets": (state, { params, url }) =>
    page(
      state.assets.filter(({ release }) => release === Number(params["release_id"])),
      url,
    ),
  "POST /repos/{owner}/{repo}/releases/{release_id}/assets": (
    state,
    { params, url, bytes, isHalf },
  ) => {
    const name = url.searchParams.get("name") ?? "";
    const release = Number(params["release_id"]);
    if (state.assets.some((one) => one.release === release && one.name === name))
      return {
        status: 422,
        body: { message: "Validation Failed", errors: [{ code: "already_exists" }] },
      };
    const asset = newAsset(state, { release, name, size: isHalf ? 0 : bytes.length });
    state.assets.push(isHalf ? { ...asset, state: "open" } : asset);
    return isHalf ? { status: 422, body: { message: "broke off" } } : { status: 201, body: asset };
  },
  "DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}": (state, { params }) => {
    state.assets = state.assets.filter(({ id }) => id !== Number(params["asset_id"]));
    return { status: 204, body: null };
  },
};

function act(state: State, name: string, deed: Deed): { status: number; body: unknown } {
  const does = ACTS[name];
  if (does === undefined) throw new Error(`the fake does not know ${name}`);
  return does(state, deed);
}

function page(all: readonly unknown[], url: URL): { status: number; body: unknown } {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const at = Number(url.searchParams.get("page") ?? 1);
  return { status: 200, body: all.slice((at - 1) * size, at * size) };
}

const MOMENT = "2026-11-21T10:00:00Z";

function newRelease(state: State, { pathname }: URL, said: Json): Release {
  const id = state.next++;
  const url = `${state.address}${pathname}/${id}`;
  return {
    ...{
      id,
      node_id: `R_${id}`,
      url,
      assets_url: `${url}/assets`,
      upload_url: `${url}/assets{?name,label}`,
    },
    html_url: `${state.address}/releases/${id}`,
    ...{ tarball_url: null, zipball_url: null, author: USER, assets: [], immutable: false },
    ...{
      created_at: MOMENT,
      published_at: said["draft"] === true ? null : MOMENT,
      updated_at: MOMENT,
    },
    ...{ draft: false, prerelease: false, name: null, body: null, target_commitish: "main" },
    ...said,
    tag_name: String(said["tag_name"]),
  } as Release;
}

function newAsset(state: State, more: { release: number; name: string; size: number }): AssetRow {
  const id = state.next++;
  const url = `${state.address}/assets/${id}`;
  return {
    ...{ id, node_id: `A_${id}`, url, browser_download_url: url, label: null, state: "uploaded" },
    ...{
      content_type: "application/octet-stream",
      digest: null,
      download_count: 0,
      created_at: MOMENT,
    },
    ...{ updated_at: MOMENT, uploader: USER },
    ...more,
  };
}

const PAGES = [
  "avatar_url",
  "url",
  "html_url",
  "followers_url",
  "following_url",
  "gists_url",
  "starred_url",
  "subscriptions_url",
  "organizations_url",
  "repos_url",
  "events_url",
  "received_events_url",
];
const USER = {
  ...Object.fromEntries(PAGES.map((name) => [name, `https://github.example.test/${name}`])),
  ...{ login: "release", id: 1, node_id: "U_1", gravatar_id: "", type: "User", site_admin: false },
};
