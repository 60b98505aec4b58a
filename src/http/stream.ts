import { problem } from "#api/problems.ts";
import type { Desk } from "#app/desk.ts";
import type { Store } from "#app/ports/store.ts";
import { type Millis, SECOND } from "#core/base/time.ts";
import { problemAnswer, SAFE_HEADERS } from "./answer.ts";
import type { Tail } from "./tails.ts";

export interface StreamParts {
  readonly desk: Pick<Desk, "status">;
  readonly store: Pick<Store, "onAppend" | "readAll" | "rows" | "head">;
  readonly tail: (release: string) => Promise<Tail | null>;
  /** Whether whoever asked may still listen. */
  readonly allowed: (raw: Request) => boolean;
  readonly heartbeat?: Millis;
}

export interface Streams {
  /** Status reports of one release. */
  open(release: string, raw: Request): Promise<Response>;
  /** Rows of all releases. */
  openBoard(raw: Request): Promise<Response>;
  count(): number;
  /** Ends all of them. */
  close(): void;
}

/** What a stream has to say after a position, up to which position that is, and whether it is the last. */
interface News {
  readonly position: number;
  readonly event: string;
  readonly data: readonly object[];
  readonly last: boolean;
}

/** Answers null while there is nothing new. */
type Source = (after: number) => Promise<News | null>;

/** This run of the server. */
const SERVER = crypto.randomUUID();
const MOST = 200;
const POLL = SECOND;
/** Journal entries that the board's stream reads at once; the rest a moment later. */
const BATCH = 5000;

/**
 * Streams as server-sent events: one event on each change, with the journal position as its id, so that a listener who
 * comes back with Last-Event-ID hears only what is new. A comment goes out as a heartbeat while nothing is.
 */
export function openStreams(parts: StreamParts): Streams {
  const open = new Set<AbortController>();
  const start = (source: Source, raw: Request, heard: number): Response => {
    if (open.size >= MOST) return problemAnswer([problem("too-many-streams")]);
    const stop = new AbortController();
    open.add(stop);
    const end = () => {
      stop.abort();
      open.delete(stop);
    };
    const events = eventsOf(parts, { source, raw, heard, stop: stop.signal });
    return new Response(bodyOf(events, end), {
      headers: { ...SAFE_HEADERS, "content-type": "text/event-stream" },
    });
  };
  return {
    count: () => open.size,
    close: () => {
      for (const stream of open) stream.abort();
    },
    async open(release, raw) {
      const status = await parts.desk.status(release);
      if (!status.ok) return problemAnswer(status.error);
      const heard = heardBy(raw) ?? -1;
      const tail = await parts.tail(release);
      // 204 tells an EventSource not to come back: an ended release never changes again.
      if (status.value.ended && tail !== null && heard >= tail.position) {
        return new Response(null, { status: 204, headers: SAFE_HEADERS });
      }
      return start(releaseNews(parts, release), raw, heard);
    },
    async openBoard(raw) {
      const heard = heardBy(raw) ?? (await parts.store.head()).position;
      return start(boardNews(parts.store), raw, heard);
    },
  };
}

/** The position that a listener who comes back has heard of. */
function heardBy(raw: Request): number | null {
  const id = /^\d{1,15}$/.exec(raw.headers.get("last-event-id") ?? "")?.[0];
  return id === undefined ? null : Number(id);
}

function releaseNews({ desk, tail }: StreamParts, release: string): Source {
  return async (after) => {
    const end = await tail(release);
    if (end === null || end.position <= after) return null;
    const status = await desk.status(release);
    if (!status.ok) return { position: end.position, event: "release", data: [], last: true };
    const { ended, asked } = status.value;
    const last = ended && asked.length === 0;
    return { position: end.position, event: "release", data: [status.value], last };
  };
}

function boardNews(store: StreamParts["store"]): Source {
  return async (after) => {
    const entries = await store.readAll(after, BATCH);
    const end = entries.at(-1);
    if (end === undefined) return null;
    const changed = [...new Set(entries.map(({ stream }) => stream))];
    const rows = await Promise.all(changed.map((release) => store.rows({ release, limit: 1 })));
    return { position: end.position, event: "row", data: rows.flat(), last: false };
  };
}

interface Listening {
  readonly source: Source;
  readonly raw: Request;
  /** Position that the listener has heard of. */
  readonly heard: number;
  readonly stop: AbortSignal;
}

async function* eventsOf(
  { store, allowed, heartbeat = 15 * SECOND }: StreamParts,
  { source, raw, heard, stop }: Listening,
): AsyncGenerator<string> {
  let told = heard;
  let quiet = 0;
  // The position is said at once: a listener who is cut off before the first change can ask for what it missed; and which
  // run of the server speaks, so that one who comes back knows whether it was started anew.
  const id = told >= 0 ? `id: ${told}\n` : "";
  yield `retry: 2000\n${id}event: hello\ndata: ${JSON.stringify({ server: SERVER })}\n\n`;
  while (!stop.aborted && allowed(raw)) {
    const waiting = nextAppend(store, stop, Math.min(POLL, heartbeat));
    const news = await source(told);
    if (news !== null) {
      told = news.position;
      quiet = 0;
      yield* news.data.map((one) => eventOf(news, one));
      if (news.last) return;
    }
    quiet += await waiting;
    if (quiet >= heartbeat) {
      quiet = 0;
      yield ": alive\n\n";
    }
  }
}

function eventOf({ position, event }: News, data: object): string {
  return `id: ${position}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Waits for an append, the end of the stream, or at most some time; answers how long it was. */
function nextAppend(
  store: Pick<Store, "onAppend">,
  stop: AbortSignal,
  most: Millis,
): Promise<Millis> {
  const since = performance.now();
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      unlisten();
      stop.removeEventListener("abort", end);
      done(performance.now() - since);
    };
    const timer = setTimeout(end, most);
    const unlisten = store.onAppend(end);
    stop.addEventListener("abort", end, { once: true });
  });
}

function bodyOf(events: AsyncGenerator<string>, end: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await events.next();
        if (!next.done) return controller.enqueue(encoder.encode(next.value));
      } catch {
        // The store is lost for now: the listener comes back by itself.
      }
      end();
      controller.close();
    },
    cancel: end,
  });
}
