import { distance } from "../../geometry.ts";
import type { AgreementCommand } from "../commands/agreements.ts";
import { carryRefusal } from "../decide/carrying.ts";
import { itemName } from "../naming.ts";
import { refuseTakeOff } from "../packing.ts";
import { isUp, packed } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Offer, Scene } from "../world.ts";
import type { Free } from "./free.ts";

type TradeName = "offer" | "acceptOffer" | "cancelOffer";
const GONE = "There is no such offer any more.";

/** R-PAR-3: what is offered changes hands whole when it is accepted, or not at all. */
export const trade: { [K in Extract<AgreementCommand["do"], TradeName>]: Free<K> } = {
  offer(turn, delver, { to, items, ore, gold }) {
    const { world } = turn;
    const other = world.delvers.get(world.players.get(to) ?? 0);
    if (other === undefined || other.id === delver.id) return "There is nobody of that name.";
    if (items.length === 0 && ore.length === 0 && gold === 0) return "You offer nothing.";
    const offer = { id: 0, from: delver.id, to: other.id, items, ore, gold };
    const refused = refuseTrade(world, offer);
    if (refused !== undefined) return refused;
    for (const old of world.offers.values()) {
      if (old.from === delver.id) withdraw(turn, old, "");
    }
    const id = world.nextId;
    turn.tell({ kind: "offered", actor: delver.id, to: other.id, items, ore, gold });
    // Nobody asks a companion twice.
    if (other.hired) turn.tell({ kind: "traded", offer: id });
    return undefined;
  },
  acceptOffer(turn, delver, { offer }) {
    const row = turn.world.offers.get(offer);
    if (row === undefined || row.to !== delver.id) return GONE;
    const refused = refuseTrade(turn.world, row);
    if (refused === undefined) turn.tell({ kind: "traded", offer });
    return refused;
  },
  cancelOffer(turn, delver, { offer }) {
    const row = turn.world.offers.get(offer);
    if (row === undefined || (row.from !== delver.id && row.to !== delver.id)) return GONE;
    withdraw(turn, row, `${delver.name} does not trade.`);
    return undefined;
  },
};

export function withdraw(turn: Turn, { id: offer }: Offer, why: string): void {
  turn.tell({ kind: "offerEnded", offer, why });
}

/** Ends all offers of and to somebody who cannot trade any more. */
export function withdrawAll(turn: Turn, { id, name }: Delver): void {
  for (const offer of [...turn.world.offers.values()]) {
    if (offer.from === id || offer.to === id) withdraw(turn, offer, `${name} cannot trade now.`);
  }
}

/** Why an offer cannot change hands now; undefined when all of it can. */
export function refuseTrade(world: Scene, offer: Offer): string | undefined {
  const from = world.delvers.get(offer.from);
  const to = world.delvers.get(offer.to);
  if (from === undefined || to === undefined) return GONE;
  if (world.pause !== undefined) return "The world stands still.";
  if (!isUp(from) || !isUp(to)) return "Only those who stand can trade.";
  const near = from.floor === to.floor && distance(from, to) <= world.book.content.rules.tradeCells;
  if (!near) return `${to.name} is too far away to trade.`;
  return refuseGoods(world, from, to, offer);
}

function refuseGoods(world: Scene, from: Delver, to: Delver, offer: Offer): string | undefined {
  const { items, ore, gold } = offer;
  if (from.gold < gold) return `${from.name} does not have that much gold.`;
  const twice = new Set(items).size !== items.length;
  const carried = items.every((id) => packed(from, id) !== undefined);
  if (twice || !carried) return `${from.name} does not carry that.`;
  const owned = ore.every(({ stack, amount }) =>
    from.ore.some((row) => row.id === stack && row.amount >= amount),
  );
  const named = new Set(ore.map(({ stack }) => stack));
  if (!owned || named.size !== ore.length) return `${from.name} does not have that ore.`;
  const rows = from.pack.filter(({ id }) => items.includes(id));
  const kept = rows
    .map((row) => refuseThing(world, from, to, row))
    .find((why) => why !== undefined);
  const worked = ore.some(({ stack }) => isForged(from, stack));
  if (kept !== undefined || worked) return kept ?? `${from.name} is forging with that ore.`;
  const { x, y } = to;
  return carryRefusal(
    world,
    to,
    rows.map((row) => ({ ...row, x, y })),
  );
}

/** What clings, what is being worked on, and what no companion is to keep stays where it is. */
function refuseThing(
  world: Scene,
  from: Delver,
  to: Delver,
  { id, kind, stats }: Delver["pack"][number],
): string | undefined {
  const { name, use } = world.book.item(kind);
  const thing = itemName(world, kind, stats);
  if (refuseTakeOff(world, from, id) !== undefined) {
    return `The ${name} clings to ${from.name} and does not come off.`;
  }
  if (from.act?.is === "repairing" && from.act.item === id) return `${from.name} is mending that.`;
  if (from.act?.is === "reading" && from.act.item === id) return `${from.name} is reading that.`;
  // A companion would keep for ever what all need.
  const needed = use === "key" || use === "plan" || use === "other";
  return to.hired && needed ? `Companions leave the ${thing} to you.` : undefined;
}

function isForged({ act }: Delver, stack: number): boolean {
  return act?.is === "crafting" && act.order.ore.some((part) => part.stack === stack);
}
