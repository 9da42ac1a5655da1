import { httpOf, keep, login } from "@underlode/client";
import { badLink, gather, party, type ScriptedPlayer, scriptedPlayer } from "@underlode/testkit";
import { describe, expect, test } from "vitest";
import { until } from "../packages/runtime/test/until.ts";
import { withStack } from "./with-stack.ts";

const system = withStack();

/** All that a player sees of the world, in a form that can be compared. */
const pictureOf = ({ seen }: ScriptedPlayer) => ({
  floor: seen.floor,
  cells: Buffer.from(seen.cells.buffer, seen.cells.byteOffset, seen.cells.byteLength).toString(
    "base64",
  ),
  things: [...seen.things.values()].sort((a, b) => a.id - b.id),
  crew: seen.crew,
});

const sameMoment = async (players: readonly ScriptedPlayer[]): Promise<void> => {
  // A frame goes only to those whom it concerns, so numbers may differ where nothing of theirs changed.
  const applied = players.map((p) => p.seen.applied);
  await Promise.all(
    players.map((p, i) =>
      p.until(() => p.seen.applied >= (applied[i] ?? 0) && !p.seen.stale, {
        what: "its own moment",
      }),
    ),
  );
  const pictures = () => new Set(players.map((p) => JSON.stringify(pictureOf(p))));
  // Looked at again and again: the last frame may be anybody's.
  await until("one picture of all", () => pictures().size === 1);
};

const step = (player: ScriptedPlayer, dir: number) => player.act({ do: "step", dir });

const placeOf = ({ seen }: ScriptedPlayer) => `${seen.self.vitals?.x},${seen.self.vitals?.y}`;

/** Steps, and waits until the step is taken or refused: a newer command would take its place before. */
const walk = async (player: ScriptedPlayer, dir: number): Promise<void> => {
  const [place, heard] = [placeOf(player), player.frames.length];
  const refused = () => player.frames.slice(heard).some((f) => f.t === "tick" && f.refused?.length);
  await step(player, dir);
  await player.until(() => placeOf(player) !== place || refused(), { what: "a step's end" });
};

describe("a party", () => {
  test("of four sees one world, and goes on seeing one while all of them move", async () => {
    const players = await system.players(4);
    await party(players, { seed: 7 });
    await sameMoment(players);
    expect(players[0]?.seen.crew.map((m) => m.class)).toEqual([
      "warrior",
      "mage",
      "ranger",
      "healer",
    ]);
    const places = new Set<string>();
    for (let round = 0; round < 8; round++) {
      await Promise.all(players.map((p, i) => walk(p, (i * 2 + round) % 8)));
      places.add(players.map(placeOf).join(" "));
    }
    await sameMoment(players);
    expect(places.size).toBeGreaterThan(4);
  });

  test("sees nothing of another party, whose process is another one", async () => {
    const [a, b] = [await system.players(2), await system.players(2)];
    const [one, two] = [await party(a, { seed: 3 }), await party(b, { seed: 3 })];
    expect(one.at.phase === "delving" && one.at.instance).not.toBe(
      two.at.phase === "delving" && two.at.instance,
    );
    const framesBefore = b.map((p) => p.frames.filter((f) => f.t === "tick").length);
    for (let round = 0; round < 4; round++) await Promise.all(a.map((p) => step(p, round * 2)));
    const names = new Set(a.map((p) => p.name));
    for (const player of b) {
      expect(player.seen.crew.some((m) => names.has(m.name))).toBe(false);
      expect(player.frames.some((f) => JSON.stringify(f).includes(a[0]?.name ?? ""))).toBe(false);
    }
    // Nothing moves near the arrival stairs by itself: what the one party does costs the other nothing.
    expect(b.map((p) => p.frames.filter((f) => f.t === "tick").length)).toEqual(framesBefore);
  });

  test("passes its leader's mark on when the leader leaves, and the new one may delve", async () => {
    const [leader, heir] = (await system.players(2)) as [ScriptedPlayer, ScriptedPlayer];
    await gather([leader, heir]);
    expect(await heir.ask({ t: "party.delve" })).toMatchObject({
      ok: false,
      error: { code: "not-leader" },
    });
    await leader.must({ t: "party.leave" });
    await heir.until(() => heir.party?.leader === heir.granted.identity.player, {
      what: "the mark",
    });
    await party([heir], { seed: 1 });
    expect(heir.seen.crew).toHaveLength(1);
  });

  test("cannot be joined with a wrong code, twice, or while it delves", async () => {
    const [a, b] = (await system.players(2)) as [ScriptedPlayer, ScriptedPlayer];
    await a.must({ t: "party.create" });
    const code = a.party?.code ?? "";
    expect(await b.ask({ t: "party.join", code: "NOPE22" })).toMatchObject({
      error: { code: "no-such-party" },
    });
    expect(await b.ask({ t: "party.join", code: "*>.x" })).toMatchObject({
      error: { code: "no-such-party" },
    });
    expect(await a.ask({ t: "party.create" })).toMatchObject({
      error: { code: "already-in-party" },
    });
    expect(await a.ask({ t: "party.delve" })).toMatchObject({ error: { code: "not-ready" } });
    await party([a], { seed: 5 });
    expect(await b.ask({ t: "party.join", code })).toMatchObject({
      error: { code: "already-delving" },
    });
  });
});

describe("a connection", () => {
  test("that is lost comes back to the same place with the same picture", async () => {
    const link = await badLink({ url: system.stack.ws });
    const [a, b] = [await system.playerAt(link.url), await system.player()];
    await party([a, b], { seed: 11 });
    const pictures = () => a.frames.filter((f) => f.t === "picture").length;
    const before = pictures();
    link.cut();
    await a.until(() => a.client.state.at === "waiting", { what: "the loss" });
    await step(b, 0);
    await a.until(() => a.client.state.at === "online" && pictures() > before, {
      what: "the picture again",
    });
    expect(a.states.at(-1)).toMatchObject({ at: "online", resumed: true });
    await step(a, 4);
    await sameMoment([a, b]);
    await link.stop();
  });

  test("of the same character from elsewhere takes over, and the older one is told", async () => {
    const older = await system.player();
    const newer = await scriptedPlayer({ url: system.stack.ws, granted: older.granted });
    await older.until(() => older.client.state.at === "closed", { what: "its end" });
    expect(older.client.state).toMatchObject({ at: "closed", code: "replaced" });
    await newer.must({ t: "party.create" });
    await newer.must({ t: "party.leave" });
    newer.close();
  });

  test("in the text encoding sees what one in the binary encoding sees", async () => {
    const [a, b] = [
      await system.player(undefined, "json"),
      await system.player(undefined, "msgpack"),
    ];
    await party([a, b], { seed: 19 });
    await step(a, 2);
    await step(b, 6);
    await sameMoment([a, b]);
  });
});

describe("chat", () => {
  test("reaches the party alone, everybody, or one player", async () => {
    const [a, b, c] = (await system.players(3)) as [ScriptedPlayer, ScriptedPlayer, ScriptedPlayer];
    await gather([a, b]);
    await a.must({ t: "chat", channel: "party", text: "to the two of us" });
    await a.must({ t: "chat", channel: "global", text: "hello, all" });
    await a.must({ t: "whisper", to: c.name, text: "only for you" });
    const heard = (p: ScriptedPlayer) =>
      p.chat.filter((l) => l.from === a.name).map((l) => `${l.channel}: ${l.text}`);
    await b.until(() => heard(b).length >= 2, { what: "two lines" });
    await c.until(() => heard(c).length >= 2, { what: "two lines" });
    expect(heard(b)).toEqual(["party: to the two of us", "global: hello, all"]);
    expect(heard(c).sort()).toEqual(["global: hello, all", "whisper: only for you"]);
    expect(await c.ask({ t: "chat", channel: "party", text: "let me in" })).toMatchObject({
      error: { code: "not-in-party" },
    });
    expect(await a.ask({ t: "whisper", to: "Nobody-Here", text: "?" })).toMatchObject({
      error: { code: "no-such-player" },
    });
  });

  test("gives those who join a channel its last lines, old ones first", async () => {
    const [a, late] = (await system.players(2)) as [ScriptedPlayer, ScriptedPlayer];
    await a.must({ t: "party.create" });
    for (const text of ["one", "two", "three"]) await a.must({ t: "chat", channel: "party", text });
    await late.must({ t: "party.join", code: a.party?.code ?? "" });
    const lines = () => late.chat.filter((l) => l.channel === "party");
    await late.until(() => lines().length >= 3, { what: "the history" });
    expect(lines().map((l) => l.text)).toEqual(["one", "two", "three"]);
    expect(lines().every((l) => l.old)).toBe(true);
  });
});

describe("an account", () => {
  test("of a guest is kept by registering, with its character", async () => {
    const http = httpOf(system.stack.ws);
    const player = await system.player();
    const name = `Keeper${Math.floor(performance.now())}`.slice(0, 16);
    const kept = await keep(http, player.granted.token, name, "a long enough secret");
    expect(kept.player).toBe(player.granted.identity.player);
    const again = await login(http, name, "a long enough secret");
    expect(again.identity.player).toBe(player.granted.identity.player);
    await expect(login(http, name, "not the secret")).rejects.toMatchObject({
      code: "wrong-login",
    });
  });
});
