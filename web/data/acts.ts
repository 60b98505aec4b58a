// What people can do to a release. Each act names the state that its person had seen: whoever comes second is told what
// happened meanwhile, and nothing is overwritten in silence.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { StatusReport } from "#core/reports/status.ts";
import { since, type Told } from "../model/timeline.ts";
import { type Answer, act, Refusal } from "./ask.ts";
import { releaseKey, releaseLog } from "./queries.ts";

export type Act = "approve" | "tick" | "waive" | "retry" | "rollback" | "abort" | "settle";

/** Somebody was faster: what they did. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
  readonly meanwhile: readonly Told[];

  constructor(meanwhile: readonly Told[]) {
    super("Something happened while you were looking. Nothing was done; look again, then decide.");
    this.meanwhile = meanwhile;
  }
}

export function useAct(release: string) {
  const client = useQueryClient();
  const key = releaseKey(release);
  return useMutation({
    mutationFn: async ({ name, body }: { name: Act; body: object }) => {
      const seen = client.getQueryData<Answer<StatusReport>>(key)?.etag ?? null;
      try {
        return await act<StatusReport>(`/api/releases/${release}/${name}`, body, seen);
      } catch (error) {
        if (!(error instanceof Refusal) || error.status !== 412) throw error;
        const log = await client.fetchQuery({ ...releaseLog(release), staleTime: 0 });
        await client.invalidateQueries({ queryKey: key, exact: true });
        throw new Overtaken(since(log, seen));
      }
    },
    onSuccess: (answer) => {
      client.setQueryData(key, answer);
      void client.invalidateQueries({ queryKey: key });
    },
  });
}
