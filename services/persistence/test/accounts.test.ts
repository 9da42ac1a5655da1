import { createHash } from "node:crypto";
import { account, isName, PlayerId } from "@underlode/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;
const password = "correct horse";
const refused = (code: string) => ({ ok: false, error: { code } });

describe("accounts", () => {
  let world: World;
  let names = 0;
  const freshName = (): string => `Hero${++names}`;
  beforeAll(async () => {
    world = await startWorld();
  }, START_MS_MAX);
  afterAll(() => world.close());

  const register = (name: string, word = password) =>
    world.bus.ask(account.register, {}, { name, password: word });
  const login = (name: string, word = password) =>
    world.bus.ask(account.login, {}, { name, password: word });
  const verify = (token: string) => world.bus.ask(account.verify, {}, { token });
  const granted = async (answer: ReturnType<typeof register>) => {
    const got = await answer;
    if (!got.ok) throw new Error(got.error.code);
    return got.value;
  };

  it("A1: who registers is known by the token, and by name and password", async () => {
    const name = freshName();
    const { token, identity } = await granted(register(name));
    expect(identity).toMatchObject({ name, guest: false });
    expect(await verify(token)).toEqual({ ok: true, value: identity });
    const again = await granted(login(name.toUpperCase()));
    expect(again.identity).toEqual(identity);
    expect(again.token).not.toBe(token);
  });

  it("A2: of a password and a token only hashes are stored", async () => {
    const name = freshName();
    const { token } = await granted(register(name));
    const [row] = await world.sql`
      select a.password_hash, t.hash from accounts a join tokens t on t.account = a.id
      where a.name = ${name}`;
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(row?.hash).toEqual(createHash("sha256").update(token).digest());
  });

  it("A3: a name is unique without regard to case, however many want it at once", async () => {
    const name = freshName();
    const all = await Promise.all(
      [name, name.toLowerCase(), name.toUpperCase(), name].map((n) => register(n)),
    );
    expect(all.filter((r) => r.ok)).toHaveLength(1);
    for (const r of all) if (!r.ok) expect(r).toMatchObject(refused("name-taken"));
    expect(await register(name)).toMatchObject(refused("name-taken"));
  });

  it.each(["x", "1abc", "a b", "a*", "a.b", ">", "", "x".repeat(17), "Ünder", "a\0b"])(
    "A4: %j is no name",
    async (name) => {
      expect(await register(name)).toMatchObject(refused("bad-name"));
      expect(await world.bus.ask(account.guest, {}, { name })).toMatchObject(refused("bad-name"));
      expect(await login(name)).toMatchObject(refused("wrong-login"));
      expect(await world.bus.ask(account.character, {}, { name })).toMatchObject(
        refused("not-found"),
      );
    },
  );

  it("A5: a password too short or too long is refused", async () => {
    for (const word of ["", "seven77", "x".repeat(129)])
      expect(await register(freshName(), word)).toMatchObject(refused("bad-password"));
  });

  it("A6: a wrong password, an unknown name and a guest's name are refused alike", async () => {
    const name = freshName();
    await register(name);
    await world.bus.ask(account.guest, {}, { name: "Visitor" });
    const answers = [
      await login(name, "wrong password"),
      await login("Nobody"),
      await login("Visitor", ""),
    ];
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject(refused("wrong-login"));
  });

  it("A7: a password typed in another normal form is the same", async () => {
    const name = freshName();
    await register(name, "caf\u00e9 caf\u00e9");
    expect((await login(name, "cafe\u0301 cafe\u0301")).ok).toBe(true);
  });

  it("A8: a guest gets the name they give if it is free, else one is drawn", async () => {
    const name = freshName();
    const guest = (n?: string) =>
      world.bus.ask(account.guest, {}, n === undefined ? {} : { name: n });
    const [first, second, third] = [await guest(name), await guest(name), await guest()];
    if (!first.ok || !second.ok || !third.ok) throw new Error("no guest");
    expect(first.value.identity).toMatchObject({ name, guest: true });
    for (const drawn of [second, third].map((g) => g.value.identity.name)) {
      expect(drawn).toMatch(/^Delver-/);
      expect(isName(drawn)).toBe(true);
    }
  });

  it("A9: a guest who registers keeps the character and the token", async () => {
    const made = await world.bus.ask(account.guest, {}, {});
    if (!made.ok) throw new Error(made.error.code);
    const { token, identity } = made.value;
    const name = freshName();
    const kept = await world.bus.ask(account.keep, {}, { token, name, password });
    expect(kept).toEqual({ ok: true, value: { ...identity, name, guest: false } });
    expect(await verify(token)).toEqual(kept);
    expect((await granted(login(name))).identity.player).toBe(identity.player);
    expect(await world.bus.ask(account.keep, {}, { token, name, password })).toMatchObject(
      refused("not-a-guest"),
    );
  });

  it("A10: keeping asks for a free name, a good password and a token", async () => {
    const [taken, made] = [freshName(), await world.bus.ask(account.guest, {}, {})];
    if (!made.ok) throw new Error(made.error.code);
    await register(taken);
    const keep = (over: object) =>
      world.bus.ask(
        account.keep,
        {},
        { token: made.value.token, name: freshName(), password, ...over },
      );
    expect(await keep({ name: taken })).toMatchObject(refused("name-taken"));
    expect(await keep({ name: "*" })).toMatchObject(refused("bad-name"));
    expect(await keep({ password: "short" })).toMatchObject(refused("bad-password"));
    expect(await keep({ token: "unknown" })).toMatchObject(refused("unauthorised"));
    // A guest may keep the name they have.
    expect((await keep({ name: made.value.identity.name })).ok).toBe(true);
  });

  it("A11: a token ends when it is revoked or expires, and ending it twice is fine", async () => {
    const one = await granted(register(freshName()));
    const two = await granted(login(one.identity.name));
    for (const _ of [1, 2])
      expect((await world.bus.ask(account.revoke, {}, { token: one.token })).ok).toBe(true);
    expect(await verify(one.token)).toMatchObject(refused("unauthorised"));
    expect((await verify(two.token)).ok).toBe(true);
    await world.sql`update tokens set expires_at = now() where account = ${one.identity.account}`;
    expect(await verify(two.token)).toMatchObject(refused("unauthorised"));
    expect(await verify("")).toMatchObject(refused("unauthorised"));
  });

  it("A12: a character is found by id and by name, and is new", async () => {
    const { identity } = await granted(register(freshName()));
    const { player, name } = identity;
    const none = { runs: 0, victories: 0, deaths: 0, deepestFloor: 0, oreBanked: 0 };
    const found = { ok: true, value: { player, name, guest: false, ...none } };
    const ask = (body: object) => world.bus.ask(account.character, {}, body);
    expect(await ask({ player })).toEqual(found);
    expect(await ask({ name: name.toLowerCase() })).toEqual(found);
    expect(await ask({ player: PlayerId.parse("nobody") })).toMatchObject(refused("not-found"));
    expect(await ask({})).toMatchObject(refused("not-found"));
  });

  it("A13: more logins than can wait are told to come back", async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => login("Nobody")));
    const codes = answers.map((a) => (a.ok ? "ok" : a.error.code));
    expect(new Set(codes)).toEqual(new Set(["wrong-login", "rate-limited"]));
  });
});
