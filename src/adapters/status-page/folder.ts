// The public page's files in a folder, for any web server: written beside, synced, renamed, so that whoever reads one reads
// a whole one, also when the power goes.
import { readFileSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PageFolder } from "#app/ports/page-folder.ts";

/** What does not change with the journal: as it lies beside this module. */
const STILL = ["style.css", "page.js"] as const;

/** @param path absolute; it is made when something is put there */
export function pageFolder(path: string): PageFolder {
  const still = STILL.map((name) => {
    return [name, readFileSync(new URL(name, import.meta.url), "utf8")] as const;
  });
  return {
    async put(files) {
      await mkdir(path, { recursive: true });
      // The page comes last: what it leads to is there before it.
      for (const [name, text] of [...still, ...Object.entries(files)]) await keep(path, name, text);
    },
  };
}

async function keep(path: string, name: string, text: string): Promise<void> {
  const file = join(path, name);
  if ((await readFile(file, "utf8").catch(() => null)) === text) return;
  // Several servers may share the folder: each has a draft of its own, and what they write is the same.
  const draft = join(path, `.${name}.${process.pid}-${crypto.randomUUID()}`);
  try {
    const handle = await open(draft, "wx", 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
