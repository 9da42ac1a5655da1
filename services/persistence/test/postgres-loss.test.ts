import { account, FactKind, journal, mail, refuse } from "@underlode/contracts";
import { PG_MIGRATE_LOCK_ID } from "node-pg-migrate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { codeOf } from "../src/database.ts";
import { migrate } from "../src/migrate.ts";
import { MIGRATIONS } from "../src/service.ts";
import { freshInstance, quiet, startWorld, type World } from "./world.ts";

const TEST_MS_MAX = 60_000;

describe("without Postgres", { timeout: TEST_MS_MAX }, () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, TEST_MS_MAX);
  afterAll(() => world.close());

  it("P1: calls are answered unavailable, facts wait and arrive once, all by itself", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const kind = FactKind.parse("ore");
    const tell = (tick: number): void => {
      const key = `${i}-${tick}`;
      const data = { name: `tin-${tick}`, amount: 1 };
      const body = { key, epoch: 1, tick, at: tick, player: ann, data };
      world.bus.tell(journal.fact, { instance: i, kind }, body, { id: key });
    };
    const saved = async (): Promise<string[]> =>
      (await world.bus.read(mail.told, { player: ann })).map(({ body }) =>
        body.kind === "saved" ? body.what : body.kind,
      );
    for (let n = 0; n < 10; n += 1) tell(n);
    await until("ten are saved", async () => (await saved()).length === 10);

    await world.stopPostgres();
    for (let n = 10; n < 20; n += 1) tell(n);
    const asks = [
      world.bus.ask(account.verify, {}, { token: "t" }),
      world.bus.ask(account.guest, {}, {}),
      world.bus.ask(account.login, {}, { name: "Ann", password: "long enough" }),
      world.bus.ask(account.register, {}, { name: "Ann", password: "long enough" }),
      world.bus.ask(account.stats, {}, {}),
    ];
    for (const answer of await Promise.all(asks)) expect(answer).toEqual(refuse("unavailable"));
    expect(await world.metric("underlode_postgres_up")).toBe(0);
    expect(await saved()).toHaveLength(10);

    await world.restartPostgres();
    await until("twenty are saved", async () => (await saved()).length === 20);
    expect(await saved()).toEqual(
      Array.from({ length: 20 }, (_, n) => `1 tin-${n} mined, in your records`),
    );
    await until("calls are answered", async () => (await world.bus.ask(account.stats, {}, {})).ok);
    const found = await world.bus.ask(account.character, {}, { player: ann });
    expect(found).toMatchObject({ ok: true, value: { oreBanked: 20 } });
    expect(await world.metric("underlode_postgres_up")).toBe(1);
  });

  it("P2: several copies that start at once migrate once", async () => {
    await world.stopService();
    await world.sql`drop schema public cascade`;
    await world.sql`create schema public`;
    await Promise.all([1, 2, 3].map(() => migrate(world.url, MIGRATIONS, quiet)));
    const done = await world.sql`select name from migrations`;
    expect(done.length).toBeGreaterThan(0);
    await world.startService();
    expect((await world.bus.ask(account.guest, {}, {})).ok).toBe(true);
  });

  it("P3: a start waits for Postgres, then gives up in words that hold no password", async () => {
    await world.stopPostgres();
    const { host, password } = new URL(world.url);
    const late = migrate(world.url, MIGRATIONS, quiet, 300);
    await expect(late).rejects.toThrow(`no Postgres answers at ${host}`);
    await expect(late).rejects.not.toThrow(password);
    const inTime = migrate(world.url, MIGRATIONS, quiet);
    await world.restartPostgres();
    await inTime;
  });

  it("P4: a service stops in time though Postgres is away", async () => {
    await world.stopPostgres();
    const began = Date.now();
    await world.stopService();
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it("P5: a Postgres that goes away during a migration is waited for as at the start", async () => {
    await world.restartPostgres();
    const held = world.sql`select pg_advisory_lock(${PG_MIGRATE_LOCK_ID}), pg_sleep(60)`.catch(
      codeOf,
    );
    const count = async (event: string): Promise<number> =>
      (await world.sql`select from pg_stat_activity where wait_event = ${event}`).length;
    await until("the lock is held", async () => (await count("PgSleep")) === 1);
    const migrated = migrate(world.url, MIGRATIONS, quiet);
    await until("the migration waits for it", async () => (await count("advisory")) === 1);
    await world.stopPostgres();
    await world.restartPostgres();
    await migrated;
    expect(await held).toMatch(/^57P01$|^CONNECTION_/);
  });
});
