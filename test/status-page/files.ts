// A web server that knows nothing of Holdpoint: it serves the files of a folder, as any would.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".atom": "application/atom+xml",
  ".css": "text/css",
  ".js": "text/javascript",
};

export async function serveFolder(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://files.test");
    const name = pathname === "/" ? "index.html" : pathname.slice(1);
    if (!/^[a-z]+\.[a-z]+$/.test(name)) return response.writeHead(404).end();
    try {
      const type = TYPES[extname(name)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type }).end(readFileSync(join(folder, name)));
    } catch {
      response.writeHead(404).end();
    }
    return response;
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
