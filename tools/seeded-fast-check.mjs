// What test files get for `fast-check` when the test command runs them: the same, with its seed set.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_120) });

// biome-ignore lint/style/noDefaultExport: it stands for a module of others, of which tests take the default
export default fc;
