// Where a Chromium lies. The console's tests drive it; nothing here touches anybody's own browser or its profile.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installOnDebian } from "./debian.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * The path of a Chromium. On Debian as root it is installed when it is missing; elsewhere the process ends with a sentence
 * that says what to do.
 */
export function ensureChromium(): string {
  const found = chromium();
  if (found !== null) return found;
  installOnDebian("chromium", "a Chromium");
  const installed = chromium();
  if (installed !== null) return installed;
  process.stderr.write(
    "The tests of the console need Chromium, and this machine has none. Install it (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), or name one in CHROMIUM_BIN, then try again.\n",
  );
  process.exit(1);
}

function chromium(): string | null {
  const named = process.env["CHROMIUM_BIN"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const places = [
    ...(named ? [named] : []),
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ];
  return places.find((place) => existsSync(place)) ?? null;
}
