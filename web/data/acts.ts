// What people can do to a release. Each act names the state that its person had seen: whoever comes second is told what
// happened meanwhile, and nothing is overwritten in silence. What machines add in between is no reason to refuse anybody.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { StatusReport } from "#core/reports/status.ts";
import { since, type Told } from "../model/timeline.ts";
import { type Answer, act, Refusal } from "./ask.ts";
import { releaseKey, releaseLog, releaseStatus } from "./queries.ts";

export type Act =
  | "approve"
  | "tick"
  | "waive"
  | "prove"
  | "discharge"
  | "retry"
  | "revise"
  | "rollback"
  | "abort"
  | "withdraw"
  | "settle"
  | "unfreeze";

/** Somebody was faster: what they did. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
  readonly meanwhile: readonly Told[];

  constructor(meanwhile: readonly Told[]) {
    super("Something happened while you were looking. Nothing was done; look again, then decide.");
    this.meanwhile = meanwhile;
  }
}

/** How often an act is tried anew when only machines were faster: they never stop while traffic is watched. */
const TRIES = 10;

export function useAct(release: string) {
  const client = useQueryClient();
  const key = releaseKey(release);
  const tagSeen = () => client.getQueryData<Answer<StatusReport>>(key)?.etag ?? null;
  const told = async (seen: string | null) => {
    const log = await client.fetchQuery({ ...releaseLog(release), staleTime: 0 });
    return since(log, seen).filter(({ by }) => by !== "");
  };
  return useMutation({
    mutationFn: async ({ name, body }: { name: Act; body: object }) => {
      const seen = tagSeen();
      for (let tag = seen, tries = 1; ; tries += 1) {
        try {
          return await act<StatusReport>(`/api/releases/${release}/${name}`, body, tag);
        } catch (error) {
          const isLate = error instanceof Refusal && error.status === 412;
          if (!isLate || tries === TRIES) throw error;
          const now = await client.fetchQuery({ ...releaseStatus(release), staleTime: 0 });
          const people = await told(seen);
          if (people.length > 0) throw new Overtaken(people);
          tag = now.etag;
        }
      }
    },
    onSuccess: (answer) => {
      client.setQueryData(key, answer);
      void client.invalidateQueries({ queryKey: key });
    },
  });
}
