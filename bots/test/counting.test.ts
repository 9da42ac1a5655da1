import { OPTIONS_DEFAULT, type Party, PartyId, PlayerId } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import { chanceOf, seedFor } from "../src/chance.ts";
import { newCommands } from "../src/commands.ts";
import { summarise } from "../src/latencies.ts";
import { nextQuestion } from "../src/lobby.ts";
import { newTally } from "../src/tally.ts";

describe("percentiles", () => {
  it("are exact, by nearest rank, in whatever order the values came", () => {
    const values = Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) + 1);
    expect(summarise(values)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  it("of nothing are zeros", () => {
    expect(summarise([])).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });
});

describe("commands", () => {
  it("are timed until the first frame that has them applied", () => {
    const tally = newTally();
    let nowMs = 100;
    const commands = newCommands(tally, () => nowMs);
    commands.sent(1, { do: "wait" }, 1_000);
    nowMs = 110;
    commands.sent(2, { do: "stairs" }, 1_100);
    nowMs = 125;
    const refused = commands.hear({
      ...{ t: "tick", n: 2, of: 1, timeMs: 1_120, applied: 2, refused: [[2, "No stairs here."]] },
    });
    expect(refused).toEqual([{ do: "stairs" }]);
    expect(tally).toMatchObject({
      sent: 2,
      applied: 2,
      latenciesMs: [25, 15],
      latenciesGameMs: [120, 20],
    });
    expect(tally.refused).toEqual({ "No stairs here.": 1 });
    expect([commands.waiting(), commands.awaited()]).toEqual([0, false]);
  });

  it("are waited for, but not for ever", () => {
    let nowMs = 0;
    const commands = newCommands(newTally(), () => nowMs);
    commands.sent(1, { do: "wait" }, 0);
    expect(commands.awaited()).toBe(true);
    nowMs = 1_000;
    expect([commands.waiting(), commands.awaited()]).toEqual([1, false]);
  });
});

describe("chance", () => {
  it("is the same for the same seed, and differs by part", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, chanceOf(seed));
    expect(draw(seedFor(1, 2, 3))).toEqual(draw(seedFor(1, 2, 3)));
    expect(draw(seedFor(1, 2, 3))).not.toEqual(draw(seedFor(1, 3, 2)));
    for (const value of draw(7)) expect(value >= 0 && value < 1).toBe(true);
  });
});

describe("a bot in its party", () => {
  const [me, you] = [PlayerId.parse("me"), PlayerId.parse("you")];
  const member = (player: PlayerId, over: object = {}) => ({
    ...{ player, name: player, class: "mage" as const, ready: true, online: true, ...over },
  });
  const party = (members: Party["members"], at: Party["at"] = { phase: "gathering" }): Party => ({
    ...{
      party: PartyId.parse("p"),
      code: "ABCDEF",
      leader: me,
      members,
      at,
      version: 1,
      watchDelayMs: null,
      options: OPTIONS_DEFAULT,
    },
  });
  const plan = { player: me, class: "mage", size: 2, seed: 5, game: "dungeon" } as const;

  it("chooses its class, then is ready, then delves when all are", () => {
    const raw = member(me, { class: null, ready: false });
    expect(nextQuestion(party([raw]), plan)?.t).toBe("party.class");
    expect(nextQuestion(party([member(me, { ready: false })]), plan)?.t).toBe("party.ready");
    expect(nextQuestion(party([member(me)]), plan)).toBeUndefined();
    const unready = [member(me), member(you, { ready: false })];
    expect(nextQuestion(party(unready), plan)).toBeUndefined();
    const delve = { t: "party.delve", seed: 5, game: "dungeon" };
    expect(nextQuestion(party([member(me), member(you)]), plan)).toEqual(delve);
  });

  it("leaves the delving to the leader", () => {
    const all = party([member(me), member(you)]);
    expect(nextQuestion(all, { ...plan, player: you })).toBeUndefined();
  });
});
