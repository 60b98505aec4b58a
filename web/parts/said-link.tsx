import { safeLink } from "../model/link.ts";

/** What somebody gave as an address: a link where it is a web page, else the words as they are. */
export function SaidLink({ text }: { text: string }) {
  const href = safeLink(text);
  if (href === null) return <span className="break-all">{text}</span>;
  return (
    <a href={href} rel="noreferrer noopener" target="_blank" className="break-all underline">
      {text}
    </a>
  );
}
