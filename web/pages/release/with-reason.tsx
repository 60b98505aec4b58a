import { Dialog } from "@base-ui/react/dialog";
import { type FormEvent, useState } from "react";
import { Button } from "../../parts/button.tsx";

/** A button for an act that needs a reason and, where it is severe, a word to be typed. */
export function WithReason({
  button,
  title,
  text,
  confirm,
  typed,
  severe = false,
  busy,
  done,
}: {
  button: string;
  title: string;
  text: string;
  confirm: string;
  /** What must be typed to go on; nothing where it is left out. */
  typed?: string;
  severe?: boolean;
  busy: boolean;
  done: (reason: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [word, setWord] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    if (reason === "" || (typed !== undefined && word !== typed)) return;
    setOpen(false);
    setWord("");
    done(reason);
  };
  const field = "min-h-10 w-full rounded-md border border-soft/60 bg-card px-3 py-2 font-normal";
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger render={<Button kind={severe ? "severe" : "plain"} disabled={busy} />}>
        {button}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-10 bg-black/45" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-20 grid max-h-[90dvh] w-[min(32rem,calc(100vw-2rem))] -translate-1/2 gap-3 overflow-auto rounded-xl border border-line bg-card p-5 shadow-xl">
          <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
          <Dialog.Description className="text-soft">{text}</Dialog.Description>
          <form onSubmit={submit} className="grid gap-3">
            <label className="grid gap-1 font-semibold">
              Why
              <textarea name="reason" rows={3} maxLength={2000} required className={field} />
            </label>
            {typed !== undefined && (
              <label className="grid gap-1 font-semibold">
                <span>
                  Type <code className="font-mono">{typed}</code> to confirm
                </span>
                <input
                  value={word}
                  onChange={(event) => setWord(event.currentTarget.value)}
                  autoComplete="off"
                  className={`${field} font-mono`}
                />
              </label>
            )}
            <div className="flex justify-end gap-2">
              <Dialog.Close render={<Button />}>Cancel</Dialog.Close>
              <Button
                type="submit"
                kind={severe ? "severe" : "main"}
                disabled={typed !== undefined && word !== typed}
              >
                {confirm}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
