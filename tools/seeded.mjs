// For the test command: property tests draw the same cases each time, so that a run is red only by what it tests. Another
// seed may be asked for: `PROPERTY_SEED=7 npm test`. A test file that is run by itself draws new cases.
import { registerHooks } from "node:module";

const SEEDED = new URL("seeded-fast-check.mjs", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    return specifier === "fast-check" && context.parentURL !== SEEDED
      ? { url: SEEDED, shortCircuit: true }
      : next(specifier, context);
  },
});
