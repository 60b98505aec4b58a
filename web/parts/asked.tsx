import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Offline } from "../data/ask.ts";
import { Loading, Trouble } from "./trouble.tsx";

/**
 * What was asked for, in each of its states: on its way, refused or out of reach with what to do, or there. What is there
 * stays when it cannot be asked for anew; that the server is away is then said above the page.
 */
export function Asked<Value>({
  query: { data, error, failureReason, refetch },
  what,
  rows,
  children,
}: {
  query: Pick<UseQueryResult<Value, Error>, "data" | "error" | "failureReason" | "refetch">;
  what: string;
  /** So many places are held for it. */
  rows?: number;
  children: (value: Value) => ReactNode;
}) {
  const trouble = error ?? failureReason;
  const again = () => void refetch();
  if (data === undefined) {
    return trouble === null ? (
      <Loading what={what} {...(rows !== undefined && { rows })} />
    ) : (
      <Trouble error={trouble} again={again} />
    );
  }
  return (
    <>
      {error !== null && !(error instanceof Offline) && <Trouble error={error} again={again} />}
      {children(data)}
    </>
  );
}
