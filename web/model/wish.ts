/** What a form says of a release that is wanted; fields that were left empty are left out. */
export function wishOf(form: FormData): Readonly<Record<string, string>> {
  const fields = [...form.entries()].flatMap(([name, value]) => {
    const text = typeof value === "string" ? value.trim() : "";
    return text === "" ? [] : [[name, text] as const];
  });
  return Object.fromEntries(fields);
}
