import { connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Away, openDatabase, STATEMENTS_MAX } from "../src/database.ts";
import { startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;
const LIMITS = { connections: 1, statementMsMax: 300 };

/** A way to Postgres on which the connections of the moment can be made to carry nothing more. */
const startWay = async (url: string) => {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on("error", () => to.destroy()).on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const through = new URL(url);
  through.port = String((server.address() as { port: number }).port);
  return {
    url: through.href,
    /** Silence without an end: nothing is closed, nothing arrives. */
    hush: () => {
      for (const socket of open) socket.unpipe().pause();
    },
    /** New connections are refused. */
    refuse: () => void server.close(),
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((done) => server.close(done));
    },
  };
};

describe("the database", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, START_MS_MAX);
  afterAll(() => world.close());

  it("D1: a connection that falls silent is given up, and the next statement is answered", async () => {
    const way = await startWay(world.url);
    const states: boolean[] = [];
    const db = openDatabase(way.url, LIMITS, (up) => states.push(up));
    const ask = () => db.run((sql) => sql`select 1 as one`);
    expect(await ask()).toEqual([{ one: 1 }]);
    way.hush();
    const began = performance.now();
    await expect(ask()).rejects.toThrow(Away);
    expect(await ask()).toEqual([{ one: 1 }]);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(states).toEqual([false, true]);
    await db.close();
    await way.close();
  });

  it("D2: nothing is thrown astray when the server is gone for good after a silence", async () => {
    const way = await startWay(world.url);
    const db = openDatabase(way.url, LIMITS);
    const ask = () => db.run((sql) => sql`select 1 as one`);
    await ask();
    way.hush();
    way.refuse();
    for (let n = 0; n < 3; n += 1) await expect(ask()).rejects.toThrow(Away);
    await db.close();
    await way.close();
  });

  it("D3: a statement that takes too long is ended by Postgres, and harms no other", async () => {
    const db = openDatabase(world.url, LIMITS);
    const slow = db.run((sql) => sql`select pg_sleep(5)`);
    await expect(slow).rejects.toThrow(Away);
    expect(await db.run((sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await db.close();
  });

  it("D4: beyond a number of statements, further ones are refused at once", async () => {
    const db = openDatabase(world.url, { connections: 2, statementMsMax: 5_000 });
    const ask = () => db.run((sql) => sql`select 1`);
    const all = Array.from({ length: STATEMENTS_MAX }, ask);
    await expect(ask()).rejects.toThrow("too many");
    await Promise.all(all);
    await ask();
    await db.close();
  });
});
