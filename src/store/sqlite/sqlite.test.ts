import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sqlitePlaces } from "../../../test/places.ts";
import { storeSuite } from "../store.suite.ts";
import { crashSuite } from "../suites/crash.suite.ts";
import { tamperSuite } from "../suites/tamper.suite.ts";

storeSuite("the embedded store", async () => {
  const places = sqlitePlaces();
  return {
    ...places,
    async fresh() {
      const place = places.fresh();
      return { store: await places.open(place), again: () => places.open(place) };
    },
  };
});

crashSuite("the embedded store in several processes", async () => sqlitePlaces());

tamperSuite(
  "a tampered embedded store",
  async () => {
    const places = sqlitePlaces();
    const place = places.fresh();
    const store = await places.open(place);
    const file = "dataDir" in place ? join(place.dataDir, "holdpoint.sqlite") : "";
    const db = new DatabaseSync(file, { timeout: 5000 });
    return {
      store,
      sql: async (text) => db.exec(text),
      async close() {
        db.close();
        await places.close();
      },
    };
  },
  "PRAGMA ignore_check_constraints = ON",
);
