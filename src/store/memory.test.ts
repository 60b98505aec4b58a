import { MemoryStore } from "./memory.ts";
import { storeSuite } from "./store.suite.ts";

storeSuite("the memory store", async () => ({
  async fresh() {
    const store = new MemoryStore();
    return { store, again: async () => store };
  },
  async closeStores() {},
  async close() {},
}));
