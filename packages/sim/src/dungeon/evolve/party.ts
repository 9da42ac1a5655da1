import type { PartyEvents } from "../events/party.ts";
import type { Evolve } from "../evolve.ts";
import { addDelver } from "../joining.ts";
import type { DelverRow, DungeonWorld, GroundRow, OfferRow } from "../world.ts";
import { stack } from "./packs.ts";
import { delverRow, lessOre, levelRow, unpack } from "./rows.ts";

/** Events of what the party agrees on. */
export const party: { [K in keyof PartyEvents]: Evolve<K> } = {
  paused(world, { actor, from, until }) {
    const { floor } = delverRow(world, actor);
    const { counts } = world.pauses;
    world.pauses = {
      counts: { ...counts, [floor]: (counts[floor] ?? 0) + 1 },
      lastAt: world.tick,
    };
    world.pause = { from, until, ready: [] };
  },
  readied(world, { actor }) {
    const { pause } = world;
    if (pause !== undefined) world.pause = { ...pause, ready: [...pause.ready, actor] };
  },
  resumed(world, { stood }) {
    world.pause = undefined;
    world.stood += stood;
  },
  intended(world, { actor, intent }) {
    delverRow(world, actor).intent = { ...intent };
  },
  intentEnded(world, { actor }) {
    delverRow(world, actor).intent = undefined;
  },
  did(world, { actor, command }) {
    delverRow(world, actor).last = { ...command };
  },
  pondered(world, { actor, until }) {
    delverRow(world, actor).thinkAt = until;
  },
  picksSet(world, { actor, kinds }) {
    delverRow(world, actor).picks = [...kinds];
  },
  prompted(world, { prompt }) {
    const id = world.nextId;
    world.nextId += 1;
    world.prompts.set(id, { ...prompt, id, answers: {} });
    const { about } = prompt;
    if (about.is === "loot") levelRow(world, about.floor).items.delete(about.item.id);
  },
  answered(world, { actor, prompt, option }) {
    const row = world.prompts.get(prompt);
    if (row === undefined) return;
    world.prompts.set(prompt, { ...row, answers: { ...row.answers, [actor]: option } });
  },
  promptEnded(world, { prompt }) {
    world.prompts.delete(prompt);
  },
  awarded(world, { prompt, to }) {
    const about = world.prompts.get(prompt)?.about;
    world.prompts.delete(prompt);
    if (about?.is !== "loot") return;
    const { item, floor } = about;
    if (to !== 0) stack(world, delverRow(world, to), item);
    else levelRow(world, floor).items.set(item.id, { ...item, left: true });
  },
  lootTurned(world, { actor, item }) {
    world.lootTurn = actor;
    const { floor } = delverRow(world, actor);
    const row = levelRow(world, floor).items.get(item);
    if (row === undefined) return;
    levelRow(world, floor).items.delete(item);
    stack(world, delverRow(world, actor), row);
  },
  offered(world, { actor: from, to, items, ore, gold }) {
    const id = world.nextId;
    world.nextId += 1;
    world.offers.set(id, { id, from, to, items: [...items], ore: [...ore], gold });
  },
  traded(world, { offer }) {
    const row = world.offers.get(offer);
    world.offers.delete(offer);
    if (row !== undefined) handOver(world, row);
  },
  offerEnded(world, { offer }) {
    world.offers.delete(offer);
  },
  hired(world, { actor, class: kind, name, gold }) {
    const by = world.delvers.get(actor);
    if (by !== undefined) by.gold -= gold;
    addDelver(world, { id: `hired-${world.nextId}`, name, class: kind }, true);
  },
  heartTaken(world, { actor }) {
    world.heart = { takenAt: world.tick, by: actor, hunted: false, home: false };
  },
  heartCarried(world) {
    if (world.heart !== undefined) world.heart = { ...world.heart, hunted: true };
  },
  heartHome(world) {
    if (world.heart !== undefined) world.heart = { ...world.heart, home: true };
  },
  wandersSet(world, { at }) {
    world.wanderAt = at;
  },
};

/** All of it or nothing: that it can be done was proved when it was accepted. */
function handOver(world: DungeonWorld, { from, to, items, ore, gold }: OfferRow): void {
  const giver = delverRow(world, from);
  const taker = delverRow(world, to);
  for (const id of items) {
    const row = giver.pack.find((one) => one.id === id);
    if (row === undefined) continue;
    unpack(giver, id);
    const { x, y } = giver;
    const thing: GroundRow = { ...row, x, y };
    stack(world, taker, thing);
  }
  for (const { stack: id, amount } of ore) giveOre(world, giver, taker, id, amount);
  giver.gold -= gold;
  taker.gold += gold;
}

function giveOre(
  world: DungeonWorld,
  giver: DelverRow,
  taker: DelverRow,
  id: number,
  amount: number,
): void {
  const row = giver.ore.find((one) => one.id === id);
  if (row === undefined) return;
  const like = taker.ore.find((one) => one.floor === row.floor && one.spawn === row.spawn);
  if (like !== undefined) like.amount += amount;
  else {
    taker.ore.push({ ...row, id: world.nextId, amount });
    world.nextId += 1;
  }
  lessOre(giver, id, amount);
}
