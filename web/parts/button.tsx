import type { ButtonHTMLAttributes } from "react";

const KINDS = {
  plain: "border-line bg-card hover:border-soft",
  main: "border-transparent bg-brand text-brand-ink hover:opacity-90",
  severe: "border-bad/60 bg-card text-bad hover:border-bad",
} as const;

export function Button({
  kind = "plain",
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: keyof typeof KINDS }) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-9 cursor-pointer items-center justify-center gap-1.5 rounded-md border px-3 py-1 text-sm font-semibold disabled:cursor-not-allowed disabled:opacity-50 ${KINDS[kind]} ${className}`}
    />
  );
}
