import { problem } from "#api/problems.ts";
import type { Desk } from "#app/desk.ts";
import type { Store } from "#app/ports/store.ts";
import { type Millis, SECOND } from "#core/base/time.ts";
import { problemAnswer, SAFE_HEADERS } from "./answer.ts";
import type { Tail } from "./tails.ts";

export interface StreamParts {
  readonly desk: Pick<Desk, "status">;
  readonly store: Pick<Store, "onAppend">;
  readonly tail: (release: string) => Promise<Tail | null>;
  /** Whether whoever asked may still listen. */
  readonly allowed: (raw: Request) => boolean;
  readonly heartbeat?: Millis;
}

export interface Streams {
  open(release: string, raw: Request): Promise<Response>;
  count(): number;
  /** Ends all of them. */
  close(): void;
}

const MOST = 200;
const POLL = SECOND;

/**
 * Streams of status reports as server-sent events: one on each change, with the journal position as its id, so that a
 * listener who comes back with Last-Event-ID hears only what is new. A comment goes out as a heartbeat while nothing is.
 */
export function openStreams(parts: StreamParts): Streams {
  const open = new Set<AbortController>();
  return {
    count: () => open.size,
    close: () => {
      for (const stream of open) stream.abort();
    },
    async open(release, raw) {
      const status = await parts.desk.status(release);
      if (!status.ok) return problemAnswer(status.error);
      const heard = Number(/^\d{1,15}$/.exec(raw.headers.get("last-event-id") ?? "")?.[0] ?? -1);
      const tail = await parts.tail(release);
      // 204 tells an EventSource not to come back: an ended release never changes again.
      if (status.value.ended && tail !== null && heard >= tail.position) {
        return new Response(null, { status: 204, headers: SAFE_HEADERS });
      }
      if (open.size >= MOST) return problemAnswer([problem("too-many-streams")]);
      const stop = new AbortController();
      open.add(stop);
      const end = () => {
        stop.abort();
        open.delete(stop);
      };
      const events = eventsOf(parts, { release, raw, heard, stop: stop.signal });
      return new Response(bodyOf(events, end), {
        headers: { ...SAFE_HEADERS, "content-type": "text/event-stream" },
      });
    },
  };
}

interface Listening {
  readonly release: string;
  readonly raw: Request;
  /** Position that the listener has heard of. */
  readonly heard: number;
  readonly stop: AbortSignal;
}

async function* eventsOf(
  { desk, store, tail, allowed, heartbeat = 15 * SECOND }: StreamParts,
  { release, raw, heard, stop }: Listening,
): AsyncGenerator<string> {
  let told = heard;
  let quiet = 0;
  yield "retry: 2000\n\n";
  while (!stop.aborted && allowed(raw)) {
    const waiting = nextAppend(store, stop, Math.min(POLL, heartbeat));
    const last = await tail(release);
    if (last !== null && last.position > told) {
      const status = await desk.status(release);
      if (!status.ok) return;
      told = last.position;
      quiet = 0;
      yield `id: ${told}\nevent: release\ndata: ${JSON.stringify(status.value)}\n\n`;
      if (status.value.ended && status.value.asked.length === 0) return;
    }
    quiet += await waiting;
    if (quiet >= heartbeat) {
      quiet = 0;
      yield ": alive\n\n";
    }
  }
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
