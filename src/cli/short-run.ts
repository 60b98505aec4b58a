import { setFlagsFromString } from "node:v8";

/**
 * Tells V8 that this process does one thing and ends. In a few tenths of a second its optimising compilers take more
 * processor time than they save, and so does marking memory beside the work: together 55 of 300 ms for the changelog of ten
 * thousand commits, 110 of 800 ms for that of thirty thousand, and a fifth of a check. To be called once the modules are
 * loaded, for what Node keeps compiled is bound to the flags.
 */
export function shortRun(): void {
  for (const flag of ["--no-maglev", "--no-turbofan", "--no-incremental-marking"])
    setFlagsFromString(flag);
}
