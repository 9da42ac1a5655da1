import { z } from "zod";

/** Compass directions, clockwise from north: 0 N, 1 NE, 2 E, 3 SE, 4 S, 5 SW, 6 W, 7 NW. */
export const Direction = z.number().int().min(0).max(7);

/** Largest coordinate that a command may name, in cells. */
export const COORDINATE_MAX = 255;
const Coordinate = z.number().int().min(0).max(COORDINATE_MAX);
/** Ids of things and items are positive and stay below 2^31. */
const ThingId = z.number().int().min(1).max(0x7fffffff);

/** Stacks, items or places that one command may name. */
export const LIST_MAX = 12;
/** An amount of ore or gold in one command. */
const Amount = z.number().int().min(1).max(1_000_000);
const OrePart = z.strictObject({ stack: ThingId, amount: Amount });
const ContentId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/**
 * What a player can ask of a running game. A game refuses in words what it does not know or what
 * cannot be done now; only the shape is judged here.
 */
export const Act = z.discriminatedUnion("do", [
  /** Walk one cell; into an enemy it is a blow, into a closed door it opens it. */
  z.strictObject({ do: z.literal("step"), dir: Direction }),
  /** Let time pass until the next thing happens; also clears a buffered command. */
  z.strictObject({ do: z.literal("wait") }),
  /** Close the door in a direction. */
  z.strictObject({ do: z.literal("close"), dir: Direction }),
  /** Take the stairs the player stands on. */
  z.strictObject({ do: z.literal("stairs") }),
  /** Take up what lies in the player's cell. */
  z.strictObject({ do: z.literal("pickup") }),
  /**
   * Drink, read, rub, point, or put on/take off an item of the pack. Wands take a cell, or the
   * nearest enemy without one; `on` is the item that another is used on.
   */
  z.strictObject({
    do: z.literal("use"),
    item: ThingId,
    x: Coordinate.optional(),
    y: Coordinate.optional(),
    on: ThingId.optional(),
  }),
  z.strictObject({ do: z.literal("drop"), item: ThingId }),
  z.strictObject({ do: z.literal("throw"), item: ThingId, x: Coordinate, y: Coordinate }),
  /** Class ability by slot; some want a target cell. */
  z.strictObject({
    do: z.literal("ability"),
    slot: z.number().int().min(1).max(4),
    x: Coordinate.optional(),
    y: Coordinate.optional(),
  }),
  /** Shoot with the wielded ranged weapon. */
  z.strictObject({ do: z.literal("shoot"), x: Coordinate, y: Coordinate }),
  /** Read the values of an adjacent ore vein. */
  z.strictObject({ do: z.literal("survey"), dir: Direction }),
  /** Mine an adjacent ore vein; a long act. */
  z.strictObject({ do: z.literal("mine"), dir: Direction }),
  /** Lift an adjacent downed member; a long act. */
  z.strictObject({ do: z.literal("revive"), dir: Direction }),
  /** Use what belongs to the place: beside the player, or underfoot. */
  z.strictObject({ do: z.literal("interact"), dir: Direction.optional() }),
  /** Look for what is hidden beside the player. */
  z.strictObject({ do: z.literal("search") }),
  /** Strike or shoot at the nearest enemy in reach. */
  z.strictObject({ do: z.literal("attackNearest") }),
  /** Make a thing of ore at a forge; `points` of experimentation by line; `kit` away from a forge. */
  z.strictObject({
    do: z.literal("craft"),
    schematic: ContentId,
    ore: z.array(OrePart).min(1).max(LIST_MAX),
    points: z.array(z.number().int().min(0).max(20)).max(LIST_MAX).optional(),
    kit: z.boolean().optional(),
  }),
  /** Show in `self.draft` what such a craft would come to; makes nothing and takes no time. */
  z.strictObject({
    do: z.literal("draft"),
    schematic: ContentId,
    ore: z.array(OrePart).min(1).max(LIST_MAX),
    points: z.array(z.number().int().min(0).max(20)).max(LIST_MAX).optional(),
    kit: z.boolean().optional(),
  }),
  /** Take gear apart for some of its ore. */
  z.strictObject({ do: z.literal("salvage"), item: ThingId }),
  z.strictObject({ do: z.literal("repair"), item: ThingId, kit: z.boolean().optional() }),
  z.strictObject({ do: z.literal("dropOre"), stack: ThingId, amount: Amount }),
  /** Walk on by oneself until danger shows: to all that is unknown, to a cell, to stairs; or rest. */
  z.strictObject({ do: z.literal("explore") }),
  z.strictObject({ do: z.literal("travel"), x: Coordinate, y: Coordinate }),
  z.strictObject({ do: z.literal("travelStairs"), down: z.boolean() }),
  z.strictObject({ do: z.literal("rest") }),
  /** Do the last step, blow, ability or work again and again, until something comes up. */
  z.strictObject({ do: z.literal("repeat") }),
  /** Which families of things to take up by walking over them. */
  z.strictObject({
    do: z.literal("autoPickup"),
    kinds: z
      .array(z.enum(["potion", "scroll", "wand", "charm", "weapon", "armour", "key"]))
      .max(LIST_MAX),
  }),
  /** The tactical pause, and the word that one is ready to go on. */
  z.strictObject({ do: z.literal("pause") }),
  z.strictObject({ do: z.literal("ready") }),
  /** Offer a member in reach things, ore and gold; the other accepts, either cancels. */
  z.strictObject({
    do: z.literal("offer"),
    to: z.string().max(64),
    items: z.array(ThingId).max(LIST_MAX),
    ore: z.array(OrePart).max(LIST_MAX),
    gold: z.number().int().min(0).max(1_000_000),
  }),
  z.strictObject({ do: z.literal("acceptOffer"), offer: ThingId }),
  z.strictObject({ do: z.literal("cancelOffer"), offer: ThingId }),
  /** Answers to a prompt: who gets a thing, or which of several one takes. */
  z.strictObject({
    do: z.literal("vote"),
    prompt: ThingId,
    vote: z.enum(["need", "greed", "pass"]),
  }),
  z.strictObject({
    do: z.literal("choose"),
    prompt: ThingId,
    option: z.number().int().min(0).max(LIST_MAX),
  }),
  /** Hire a companion of a class. */
  z.strictObject({ do: z.literal("hire"), class: ContentId }),
  /** Put ore into the vault at a shrine. */
  z.strictObject({ do: z.literal("bank"), stack: ThingId, amount: Amount }),
]);
export type Act = z.infer<typeof Act>;
