import { FormDialog } from "../../parts/form-dialog.tsx";

/** A button for an act that needs a reason and, where it is severe, a word to be typed. */
export function WithReason({
  severe = false,
  done,
  ...rest
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
  return (
    <FormDialog
      {...rest}
      kind={severe ? "severe" : "plain"}
      fields={[{ name: "reason", label: "Why", kind: "text" }]}
      done={({ reason = "" }) => done(reason)}
    />
  );
}
