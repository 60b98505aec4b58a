import {
  type ClientRequest,
  type IncomingMessage,
  request as open,
  type ServerResponse,
} from "node:http";
import { hasCode } from "../files.ts";
import { endToEnd, forService, hasBody } from "./headers.ts";
import type { LiveService, Upstream } from "./live.ts";
import { problem } from "./problem.ts";

/** Milliseconds until an answer must have begun. */
const ANSWER = 120_000;
/** A client who goes away after this many milliseconds without an answer gave up on the service: that is an error. */
const PATIENCE = 5000;
const TRIES = 3;
const LATE = "no answer in time";
/** Methods that may be asked twice. */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"]);
/** Methods that Node sends without a body unless it is told otherwise. */
const BODILESS = new Set(["GET", "HEAD", "OPTIONS", "DELETE", "TRACE"]);

/** One request on its way from a client to a service and back. */
interface Passage {
  readonly service: LiveService;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: boolean;
  tries: number;
  /** The request to the service that is under way. */
  asked: ClientRequest | null;
  /** The client went away before all was answered. */
  gone: boolean;
}

/** One attempt at a passage. */
interface Attempt {
  readonly upstream: Upstream;
  readonly began: number;
  readonly leave: () => void;
  bodyBegun: boolean;
  answered: boolean;
}

/**
 * Passes a request to the version whose turn it is, and its answer back, both as streams. It is tried again only where
 * the service cannot have taken any of it: nobody listened, or a connection kept from earlier was closed just then and
 * asking twice does no harm.
 */
export function forward(
  service: LiveService,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const body = hasBody(request);
  const passage: Passage = { service, request, response, body, tries: 0, asked: null, gone: false };
  response.once("close", () => {
    if (response.writableFinished) return;
    passage.gone = true;
    passage.asked?.destroy();
  });
  attempt(passage, null);
}

/** The target of a request as a service expects it: a path, also where a client sent a whole URL. */
export function pathOf(url: string | undefined): string | null {
  if (url === undefined || url === "*" || url.startsWith("/")) return url ?? "/";
  const whole = URL.parse(url);
  return whole === null ? null : whole.pathname + whole.search;
}

function attempt(passage: Passage, refusedBy: Upstream | null): void {
  const { service, request, response } = passage;
  const path = pathOf(request.url);
  if (path === null) {
    problem(response, 400, "The target of the request is no path.");
    return;
  }
  const upstream = service.choose(refusedBy);
  if (upstream !== null) send(passage, upstream, path);
  else problem(response, refusedBy === null ? 503 : 502, "No version of the service can answer.");
}

function send(passage: Passage, upstream: Upstream, path: string): void {
  const asked = ask(upstream, path, passage);
  if (asked === null) {
    problem(passage.response, 400, "The headers of the request cannot be passed on.");
    return;
  }
  const [began, leave] = [performance.now(), upstream.enter()];
  const state: Attempt = { upstream, began, leave, bodyBegun: false, answered: false };
  passage.tries++;
  passage.asked = asked;
  asked.on("response", (answer) => relay(passage, state, answer));
  asked.on("error", (error) => fail(passage, state, error));
  asked.on("timeout", () => {
    if (!state.answered) asked.destroy(new Error(LATE));
  });
  if (passage.body) sendBody(passage, state, asked);
  else asked.end();
}

function ask(
  { port, agent }: Upstream,
  path: string,
  { request, body }: Passage,
): ClientRequest | null {
  const { method = "GET" } = request;
  const headers = forService(request);
  if (body && request.headers["content-length"] === undefined)
    headers.push("transfer-encoding", "chunked");
  if (!body && !BODILESS.has(method) && request.headers["content-length"] === undefined) {
    headers.push("content-length", "0");
  }
  try {
    return open({ host: "127.0.0.1", port, method, path, headers, agent, timeout: ANSWER });
  } catch {
    return null;
  }
}

/** Begins with the body once there is a connection: until then nothing of it is lost by trying elsewhere. */
function sendBody({ request }: Passage, state: Attempt, asked: ClientRequest): void {
  const begin = () => {
    state.bodyBegun = true;
    asked.flushHeaders();
    request.pipe(asked);
  };
  asked.on("socket", (socket) => (socket.connecting ? socket.once("connect", begin) : begin()));
}

function relay(passage: Passage, state: Attempt, answer: IncomingMessage): void {
  const { statusCode = 502, statusMessage = "", rawHeaders, headers } = answer;
  const { response } = passage;
  const { counter } = state.upstream;
  const waited = performance.now() - state.began;
  state.answered = true;
  answer.once("close", state.leave);
  try {
    response.writeHead(statusCode, statusMessage, endToEnd(rawHeaders, headers.connection));
  } catch {
    counter.count(waited, true);
    answer.on("error", state.leave).resume();
    problem(response, 502, "The head of the answer cannot be passed on.");
    return;
  }
  counter.count(waited, statusCode >= 500);
  answer.once("error", () => {
    if (!passage.gone && statusCode < 500) counter.breakOff();
    response.destroy();
  });
  answer.pipe(response);
}

function fail(passage: Passage, state: Attempt, error: Error): void {
  state.leave();
  if (state.answered) return;
  const { response, asked, tries } = passage;
  const { counter } = state.upstream;
  const waited = performance.now() - state.began;
  const stale = asked?.reusedSocket === true && hasCode(error, "ECONNRESET", "EPIPE");
  const refused = hasCode(error, "ECONNREFUSED") && !state.bodyBegun && tries < TRIES;
  if (passage.gone) {
    counter.count(waited, waited >= PATIENCE);
  } else if (stale && mayRepeat(passage)) {
    attempt(passage, null);
  } else {
    counter.count(waited, true);
    if (refused) attempt(passage, state.upstream);
    else problem(response, error.message === LATE ? 504 : 502, "The service did not answer.");
  }
}

function mayRepeat({ request, body, tries }: Passage): boolean {
  return !body && tries < TRIES && REPEATABLE.has(request.method ?? "");
}
