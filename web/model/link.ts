/** An address that may become a link: a web page, nothing that runs. Null for all else, which stays text. */
export function safeLink(text: string): string | null {
  if (!/^https?:\/\//i.test(text.trim())) return null;
  try {
    const url = new URL(text.trim());
    const isPage = url.protocol === "https:" || url.protocol === "http:";
    return isPage && url.username === "" && url.password === "" ? url.href : null;
  } catch {
    return null;
  }
}
