// What the pages ask for, and under which key it is kept.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { PolicyInForce } from "#app/policy-in-force.ts";
import type { PolicyDiff, PolicyVersion } from "#app/policy-versions.ts";
import type { VerifyReport } from "#app/verify.ts";
import type { Entry } from "#core/audit/entry.ts";
import type { AgendaEntry } from "#core/reports/agenda.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { get, Refusal } from "./ask.ts";

export interface Session {
  readonly person: string;
  readonly may: "read" | "act";
}

export const releaseKey = (release: string) => ["release", release] as const;

/** Who looks; null while nobody has signed in. */
export const session = queryOptions({
  queryKey: ["session"],
  staleTime: 60_000,
  retry: false,
  queryFn: async ({ signal }) => {
    try {
      return (await get<Session>("/api/session", signal)).value;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) return null;
      throw error;
    }
  },
});

export const releaseStatus = (release: string) =>
  queryOptions({
    queryKey: releaseKey(release),
    queryFn: async ({ signal }) => await get<StatusReport>(`/api/releases/${release}`, signal),
  });

interface Entries {
  readonly entries: readonly Entry[];
  readonly next: number | null;
}

export const releaseLog = (release: string) =>
  queryOptions({
    queryKey: [...releaseKey(release), "log"],
    queryFn: async ({ signal, client, queryKey }) => {
      const known = client.getQueryData<readonly Entry[]>(queryKey) ?? [];
      return await goOn(`/api/releases/${release}/log`, known, signal);
    },
  });

/** A log never changes, it only grows: what is known is not asked for again. */
async function goOn(
  path: string,
  known: readonly Entry[],
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const entries = [...known];
  for (let after: number | null = known.at(-1)?.position ?? 0; after !== null; ) {
    const page: Entries = (await get<Entries>(`${path}?limit=1000&after=${after}`, signal)).value;
    entries.push(...page.entries);
    after = page.next;
  }
  return entries;
}

/** Behind every position that there can be, as the API writes positions. */
const END = 999_999_999_999_999;

/** The whole journal, a page at a time from its end back. */
export const journal = infiniteQueryOptions({
  queryKey: ["journal"],
  initialPageParam: END,
  queryFn: async ({ pageParam, signal }) =>
    (await get<Entries>(`/api/log?limit=200&before=${pageParam}`, signal)).value,
  getNextPageParam: (last: Entries) => last.next,
});

export interface Agenda {
  readonly system: string;
  readonly zone: string;
  readonly at: number;
  readonly entries: readonly AgendaEntry[];
}

/** The calendar of the next quarter. */
export const agenda = queryOptions({
  queryKey: ["agenda"],
  queryFn: async ({ signal }) => (await get<Agenda>("/api/calendar", signal)).value,
});

/** The policy that new releases are planned by. */
export const policy = queryOptions({
  queryKey: ["policy"],
  queryFn: async ({ signal }) => (await get<PolicyInForce>("/api/policy", signal)).value,
});

/** The policies that the latest releases were planned by, the latest first. */
export const policies = queryOptions({
  queryKey: ["policies"],
  queryFn: async ({ signal }) => {
    const answer = await get<{ policies: readonly PolicyVersion[] }>("/api/policies", signal);
    return answer.value.policies;
  },
});

/** Two of them compared. Both are in the journal, so it stays as it is until another release has ended. */
export const policyDiff = (was: string, is: string) =>
  queryOptions({
    queryKey: ["policies", was, is],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await get<PolicyDiff>(`/api/policies/diff?was=${was}&is=${is}`, signal)).value,
  });

export const proof = queryOptions({
  queryKey: ["proof"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => (await get<VerifyReport>("/api/verify", signal)).value,
});
