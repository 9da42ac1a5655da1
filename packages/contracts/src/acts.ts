import { z } from "zod";

/** Compass directions, clockwise from north: 0 N, 1 NE, 2 E, 3 SE, 4 S, 5 SW, 6 W, 7 NW. */
export const Direction = z.number().int().min(0).max(7);

/** Largest coordinate that a command may name, in cells. */
export const COORDINATE_MAX = 255;
const Coordinate = z.number().int().min(0).max(COORDINATE_MAX);
/** Ids of things and items are positive and stay below 2^31. */
const ThingId = z.number().int().min(1).max(0x7fffffff);

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
  /** Drink, read or put on/take off an item of the pack, by item id. */
  z.strictObject({ do: z.literal("use"), item: ThingId }),
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
]);
export type Act = z.infer<typeof Act>;
