import { describe, expect, it } from "vitest";
import { makeHasher, takingTurns } from "../src/hasher.ts";

describe("hashing passwords", () => {
  it("H1: few run at once, a bounded number waits, the rest is refused at once", async () => {
    const inTurn = takingTurns(2, 3);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await held;
      running -= 1;
    };
    const all = Array.from({ length: 8 }, () => inTurn(work));
    const refusedAtOnce = await Promise.all(all.slice(5));
    for (const r of refusedAtOnce) expect(r).toMatchObject({ error: { code: "rate-limited" } });
    expect(running).toBe(2);
    release();
    const done = await Promise.all(all.slice(0, 5));
    expect(done.every((r) => r.ok)).toBe(true);
    expect(most).toBe(2);
  });

  it("H2: work that fails gives its place to the next", async () => {
    const inTurn = takingTurns(1, 5);
    const failed = inTurn(() => Promise.reject(new Error("no")));
    const next = inTurn(async () => 7);
    await expect(failed).rejects.toThrow("no");
    expect(await next).toEqual({ ok: true, value: 7 });
    expect(await inTurn(async () => 8)).toEqual({ ok: true, value: 8 });
  });

  it("H3: an unknown name's password is checked with the same work, and is never right", async () => {
    const hasher = await makeHasher();
    const stored = await hasher.hash("some password");
    if (!stored.ok) throw new Error(stored.error.code);
    const cost = async (hash: string | undefined): Promise<number> => {
      const began = process.cpuUsage();
      const right = await hasher.verify(hash, "a wrong one");
      expect(right).toEqual({ ok: true, value: false });
      return process.cpuUsage(began).user;
    };
    const median = async (hash: string | undefined): Promise<number> => {
      const all: number[] = [];
      for (let n = 0; n < 5; n += 1) all.push(await cost(hash));
      return all.toSorted((a, b) => a - b)[2] ?? 0;
    };
    const [known, unknown] = [await median(stored.value), await median(undefined)];
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });
});
