import { enlist, hirePrice } from "../decide/enlisting.ts";
import { isUp } from "../reads.ts";
import type { Free } from "./free.ts";

/** R-PAR-4: hires a companion at the gate, or for gold from traders and captives. */
export const hire: Free<"hire"> = (turn, delver, { class: kind }) => {
  const { world } = turn;
  if (world.pause !== undefined) return "The world stands still.";
  if (!isUp(delver)) return "You are in no state to hire anybody.";
  if (!world.book.content.classes.some(({ id }) => id === kind)) return "Nobody is of that class.";
  const price = hirePrice(world, delver);
  if (typeof price === "string") return price;
  if (delver.gold < price) return `That takes ${price} gold.`;
  enlist(turn, delver.id, kind, delver, price);
  return undefined;
};
