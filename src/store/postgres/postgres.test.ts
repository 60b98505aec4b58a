import { after } from "node:test";
import pg from "pg";
import { postgresPlaces } from "../../../test/places.ts";
import { startPostgres } from "../../../test/postgres.ts";
import { storeSuite } from "../store.suite.ts";
import { crashSuite } from "../suites/crash.suite.ts";
import { tamperSuite } from "../suites/tamper.suite.ts";

const server = await startPostgres();
after(() => server.stop());

storeSuite("the PostgreSQL store", async () => {
  const places = postgresPlaces(server);
  return {
    ...places,
    async fresh() {
      const place = places.fresh();
      return { store: await places.open(place), again: () => places.open(place) };
    },
  };
});

crashSuite("the PostgreSQL store in several processes", async () => postgresPlaces(server));

tamperSuite(
  "a tampered PostgreSQL store",
  async () => {
    const places = postgresPlaces(server);
    const store = await places.open({ postgresUrl: server.url, schema: "tampered" });
    const owner = new pg.Client({ connectionString: server.url });
    await owner.connect();
    await owner.query("SET search_path = tampered");
    return {
      store,
      async sql(text) {
        await owner.query(text);
      },
      async close() {
        await owner.end();
        await places.close();
      },
    };
  },
  "ALTER TABLE entries DROP CONSTRAINT entries_position_check",
);
