import { request } from "node:http";

export interface Ask {
  readonly port: number;
  readonly path: string;
  /** Milliseconds until the whole answer must be there. */
  readonly within: number;
  readonly method?: "GET" | "PUT";
  readonly token?: string;
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Most that is read of an answer, in bytes. */
const MOST = 1024 * 1024;

/** Asks a process of this machine directly. What goes wrong is a sentence. */
export function ask({
  port,
  path,
  within,
  method = "GET",
  token,
  body,
}: Ask): Promise<Reply | string> {
  const { promise, resolve } = Promise.withResolvers<Reply | string>();
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
  };
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(within)));
  const asked = request({ host: "127.0.0.1", port, path, method, headers, agent: false, signal });
  asked.on("error", (error) => {
    resolve(
      signal.aborted
        ? `gave no answer within ${Math.round(within)} ms`
        : `gave no answer (${error.message})`,
    );
  });
  asked.on("response", (answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on("data", (bytes: Buffer) => {
      size += bytes.length;
      if (size > MOST) asked.destroy(new Error("the answer is longer than 1 MiB"));
      else chunks.push(bytes);
    });
    answer.on("error", (error) => resolve(`broke off its answer (${error.message})`));
    answer.on("end", () => {
      resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
    });
  });
  asked.end(body);
  return promise;
}

/** Why an answer to a probe is not good; null where it is 2xx. */
export function fault(reply: Reply | string): string | null {
  if (typeof reply === "string") return reply;
  return reply.status >= 200 && reply.status <= 299 ? null : `answers ${reply.status}`;
}
