// How the console's pages are known. A browser cannot keep a token where scripts cannot read it, except in a cookie; so
// signing in puts the token into one, and the cookie counts only for requests that our own pages send.
import { problem } from "#api/problems.ts";
import { jsonAnswer, problemAnswer } from "./answer.ts";
import type { Token, Tokens } from "./tokens.ts";

const NAME = "holdpoint-session";
const SECRET = "[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]{16,512}";
const MONTH_S = 30 * 24 * 60 * 60;

/** Whom a request comes from: by its bearer token, or, sent by the console's own pages, by the session's cookie. */
export function askerOf(raw: Request, tokens: Pick<Tokens, "bearer">): Token | null {
  const header = raw.headers.get("authorization");
  if (header !== null) {
    const bearer = /^Bearer ([\x21-\x7e]{16,512})$/i.exec(header);
    return bearer?.[1] === undefined ? null : tokens.bearer(bearer[1]);
  }
  // Browsers set this header themselves; no page of another site can send it like this.
  if (raw.headers.get("sec-fetch-site") !== "same-origin") return null;
  const cookie = new RegExp(`(?:^|; )${NAME}=(${SECRET})(?:;|$)`).exec(
    raw.headers.get("cookie") ?? "",
  );
  return cookie?.[1] === undefined ? null : tokens.bearer(cookie[1]);
}

/** Puts a token into the cookie, if it is one that lives. */
export function signIn(secret: string, raw: Request, tokens: Pick<Tokens, "bearer">): Response {
  const token = new RegExp(`^${SECRET}$`).test(secret) ? tokens.bearer(secret) : null;
  if (token === null) return problemAnswer([problem("not-authenticated")]);
  // A token for pushing samples sees no page.
  if (token.may === "push") return problemAnswer([problem("not-permitted")]);
  const secure = raw.headers.get("origin")?.startsWith("https:") ? "; Secure" : "";
  const cookie = `${NAME}=${secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${MONTH_S}${secure}`;
  return session(token, cookie);
}

/** Makes the browser forget it; the token itself lives until it is revoked. */
export function signOut(who: Pick<Token, "person" | "may">): Response {
  return session(who, `${NAME}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
}

function session({ person, may }: Pick<Token, "person" | "may">, cookie: string): Response {
  return jsonAnswer({ person, may }, { headers: { "set-cookie": cookie } });
}
