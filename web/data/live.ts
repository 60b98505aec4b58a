// What the server tells by itself, over one stream for the whole console: a browser has few connections to one server. The
// stream is closed while nobody sees the page. Whenever it opens anew, everything that is shown is asked for again, so
// nothing is missed over a restart; the state of the line is shown to the reader.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { BoardRow } from "#app/ports/store.ts";
import { type Line, lineAfter, lineHeard, NO_LINE } from "../model/line.ts";
import { heardRow } from "./board.ts";

const listeners = new Set<() => void>();
let line: Line = NO_LINE;

function setLine(now: Line): void {
  line = now;
  for (const listener of listeners) listener();
}

/** Whether what is shown is what is so now. */
export function useLine(): Line {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => line,
  );
}

/** Keeps all that is shown in step with the server, as long as it is seen. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => keepInStep(client), [client]);
}

/** An EventSource comes back by itself unless it was refused: then it is tried again after so long. */
const PAUSE_MS = 2000;

function keepInStep(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  const say = () =>
    setLine(lineAfter(line, { open: source?.readyState === 1, online: navigator.onLine }));
  const open = () => {
    clearTimeout(again);
    source?.close();
    source = listen(client, {
      say,
      refused: () => {
        again = setTimeout(open, PAUSE_MS);
        // It may be that the token was revoked: then whoever looks must sign in anew.
        void client.invalidateQueries({ queryKey: ["session"] });
      },
    });
  };
  const seen = () => {
    if (document.visibilityState === "visible") return open();
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const online = () => {
    say();
    open();
  };
  seen();
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", online);
  window.addEventListener("offline", say);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("online", online);
    window.removeEventListener("offline", say);
    clearTimeout(again);
    source?.close();
  };
}

/** Opens the stream. Its first word after the very first opening means that something may have been missed. */
function listen(
  client: QueryClient,
  { say, refused }: { say: () => void; refused: () => void },
): EventSource {
  const source = new EventSource("/api/stream");
  source.addEventListener("open", say);
  source.addEventListener("error", () => {
    say();
    if (source.readyState === EventSource.CLOSED) refused();
  });
  source.addEventListener("hello", ({ data }: MessageEvent<string>) => {
    const isBack = line.server !== null;
    const { server } = JSON.parse(data) as { server: string };
    setLine(lineHeard(line, server, Date.now()));
    if (isBack) void client.invalidateQueries();
  });
  source.addEventListener("row", ({ data }: MessageEvent<string>) => {
    heardRow(client, JSON.parse(data) as BoardRow);
  });
  return source;
}
