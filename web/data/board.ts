// The board's two lists, and how a row that has changed comes into them without asking for them anew.
import { type InfiniteData, infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import type { BoardRow } from "#app/ports/store.ts";
import { type BoardPage, withRow } from "../model/board.ts";
import { get } from "./ask.ts";
import { policies, releaseKey } from "./queries.ts";

/** So many rows are asked for at once: few for the first, so that it is there soon. */
const FIRST = 100;
const MORE = 1000;

const list = (name: string, ended: boolean) =>
  infiniteQueryOptions({
    queryKey: ["board", name],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const from = pageParam === "" ? `limit=${FIRST}` : `limit=${MORE}&cursor=${pageParam}`;
      return (await get<BoardPage>(`/api/releases?ended=${ended}&${from}`, signal)).value;
    },
    getNextPageParam: (last: BoardPage) => last.next,
  });

/** Releases under way, the latest planned first. */
export const underWay = list("under-way", false);
/** Ended releases, the latest planned first, a page at a time as the reader comes down. */
export const ended = list("ended", true);

type Pages = InfiniteData<BoardPage, unknown>;

/** A row has changed: both lists take it up, and whoever shows the release asks for it anew. */
export function heardRow(client: QueryClient, row: BoardRow): void {
  for (const [{ queryKey }, belongs] of [
    [underWay, !row.ended],
    [ended, row.ended],
  ] as const) {
    client.setQueryData(queryKey, (known: Pages | undefined) =>
      known === undefined ? known : { ...known, pages: withRow(known.pages, row, belongs) },
    );
  }
  void client.invalidateQueries({ queryKey: releaseKey(row.release) });
  // It may be the first that was planned by another policy: whoever looks next asks anew.
  void client.invalidateQueries({ ...policies, exact: true, refetchType: "none" });
}
