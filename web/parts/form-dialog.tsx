import { Dialog } from "@base-ui/react/dialog";
import { type FormEvent, useId, useState } from "react";
import { wishOf } from "../model/wish.ts";
import { Button } from "./button.tsx";

/** One thing that a dialog asks for. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** A paragraph, a line, or a moment in the reader's zone. */
  readonly kind: "text" | "line" | "moment";
  readonly optional?: boolean;
  readonly hint?: string;
}

const FIELD = "min-h-10 w-full rounded-md border border-soft/60 bg-card px-3 py-2 font-normal";

/** A button that opens a dialog for an act that needs something said and, where it is severe, a word to be typed. */
export function FormDialog({
  button,
  kind,
  title,
  text,
  confirm,
  fields,
  typed,
  busy,
  done,
}: {
  button: string;
  kind: "plain" | "main" | "severe";
  title: string;
  text: string;
  confirm: string;
  fields: readonly Field[];
  /** What must be typed to go on; nothing where it is left out. */
  typed?: string | undefined;
  busy: boolean;
  /** With what was said, by the names of the fields; what was left empty is left out. */
  done: (said: Readonly<Record<string, string>>) => void;
}) {
  const [open, setOpen] = useState(false);
  const [word, setWord] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = wishOf(new FormData(event.currentTarget));
    const isWhole = fields.every(({ name, optional }) => optional || said[name] !== undefined);
    if (!isWhole || (typed !== undefined && word !== typed)) return;
    setOpen(false);
    setWord("");
    done(said);
  };
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger render={<Button kind={kind} disabled={busy} />}>{button}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-10 bg-black/45" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-20 grid max-h-[90dvh] w-[min(32rem,calc(100vw-2rem))] -translate-1/2 gap-3 overflow-auto rounded-xl border border-line bg-card p-5 shadow-xl">
          <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
          <Dialog.Description className="text-soft">{text}</Dialog.Description>
          <form onSubmit={submit} className="grid gap-3">
            {fields.map((field) => (
              <Asked key={field.name} field={field} />
            ))}
            {typed !== undefined && (
              <label className="grid gap-1 font-semibold">
                <span>
                  Type <code className="font-mono">{typed}</code> to confirm
                </span>
                <input
                  value={word}
                  onChange={(event) => setWord(event.currentTarget.value)}
                  autoComplete="off"
                  className={`${FIELD} font-mono`}
                />
              </label>
            )}
            <div className="flex justify-end gap-2">
              <Dialog.Close render={<Button />}>Cancel</Dialog.Close>
              <Button
                type="submit"
                kind={kind === "severe" ? "severe" : "main"}
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

function Asked({ field: { name, label, kind, optional = false, hint } }: { field: Field }) {
  const id = useId();
  const said = { id, name, required: !optional, className: FIELD };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
        {optional && <span className="font-normal text-soft"> (may be left empty)</span>}
      </label>
      {kind === "text" && <textarea {...said} rows={3} maxLength={2000} />}
      {kind === "line" && (
        <input {...said} maxLength={1000} autoComplete="off" placeholder={hint} />
      )}
      {kind === "moment" && <input {...said} type="datetime-local" />}
    </div>
  );
}
