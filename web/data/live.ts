// What the server tells by itself. An EventSource comes back on its own and says what it heard last, so nothing is missed
// over a restart of the server; the state of the line is shown to the reader.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { StatusReport } from "#core/reports/status.ts";
import { type Line, lineOf } from "../model/line.ts";
import { boardKey, releaseKey } from "./queries.ts";

const listeners = new Set<() => void>();
let line: Line = "live";

function setLine(now: Line): void {
  if (now === line) return;
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

function useStream(path: string | null, event: string, hear: (data: string) => void): void {
  useEffect(() => {
    if (path === null) return;
    const source = new EventSource(path);
    const tell = () => setLine(lineOf(source.readyState, navigator.onLine));
    source.addEventListener("open", tell);
    source.addEventListener("error", tell);
    source.addEventListener(event, ({ data }: MessageEvent<string>) => hear(data));
    return () => source.close();
  }, [path, event, hear]);
}

/** Keeps the board in step with the server: a row that has changed is asked for anew. */
export function useLiveBoard(): void {
  const client = useQueryClient();
  const hear = (data: string) => {
    const { release } = JSON.parse(data) as { release: string };
    void client.invalidateQueries({ queryKey: boardKey });
    void client.invalidateQueries({ queryKey: releaseKey(release) });
  };
  useStream("/api/stream", "row", useStable(hear));
}

/** Keeps one release in step with the server. */
export function useLiveRelease(release: string, ended: boolean): void {
  const client = useQueryClient();
  const hear = (data: string) => {
    const value = JSON.parse(data) as StatusReport;
    client.setQueryData(releaseKey(release), (known: { etag: string | null } | undefined) => ({
      etag: known?.etag ?? null,
      value,
    }));
    // The tag that an act must name comes only with an answer of its own.
    void client.invalidateQueries({ queryKey: releaseKey(release) });
  };
  useStream(ended ? null : `/api/releases/${release}/stream`, "release", useStable(hear));
}

function useStable(hear: (data: string) => void): (data: string) => void {
  const latest = useRef(hear);
  latest.current = hear;
  return useCallback((data: string) => latest.current(data), []);
}
