import { createServer } from "node:net";

// Below the range from which systems take ports for outgoing connections: one of those may hold a service's port just
// when the service is started again.
const LOWEST = 20_000;
const COUNT = 12_000;

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found from ${LOWEST} to ${LOWEST + COUNT}.`);
}

/** Whether nobody listens on a port, neither for this machine alone nor for all. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, undefined));
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
