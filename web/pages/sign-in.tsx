import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { act } from "../data/ask.ts";
import { type Session, session } from "../data/queries.ts";
import icon from "../icon.svg";
import { Button } from "../parts/button.tsx";
import { Trouble } from "../parts/trouble.tsx";

/** A token is put in once; the browser keeps it where no script can read it. */
export function SignIn() {
  const client = useQueryClient();
  const [trouble, setTrouble] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get("token") ?? "").trim();
    setBusy(true);
    try {
      const { value } = await act<Session>("/api/session", { token });
      client.setQueryData(session.queryKey, value);
    } catch (error) {
      setTrouble(error as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-4 p-6">
      <img src={icon} alt="" className="size-10" />
      <h1>Sign in to Holdpoint</h1>
      <p className="text-soft">
        A token says who you are. Whoever runs this server gives you one, by{" "}
        <code className="font-mono text-ink">holdpoint token add</code>.
      </p>
      <form onSubmit={(event) => void signIn(event)} className="grid gap-3">
        <label className="grid gap-1 font-semibold">
          Token
          <input
            name="token"
            type="password"
            autoComplete="current-password"
            required
            className="min-h-10 rounded-md border border-soft/60 bg-card px-3 font-mono font-normal"
          />
        </label>
        <Button type="submit" kind="main" disabled={busy}>
          {busy ? "Signing in …" : "Sign in"}
        </Button>
      </form>
      {trouble && <Trouble error={trouble} />}
    </main>
  );
}
