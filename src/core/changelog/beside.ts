// What else goes out with a version: the components that it uses, is linked with, or is the whole of.
import { sectionText } from "./entry.ts";
import { asText } from "./markdown.ts";

/** A component with the version that goes out. */
export interface Beside {
  readonly component: string;
  readonly version: string;
}

/** A section for notes and changelog that names them; empty where there are none. */
export function besideText(beside: readonly Beside[]): string {
  if (beside.length === 0) return "";
  const items = beside.map(({ component, version }) => `- ${asText(component)} ${version}`);
  return sectionText("Together with", items.join("\n"));
}

/** They in one line: `core 2.1.0, web 0.3.1`. */
export function sayBeside(beside: readonly Beside[]): string {
  return beside.map(({ component, version }) => `${component} ${version}`).join(", ");
}
