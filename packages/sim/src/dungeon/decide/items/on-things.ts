import { SCROLLS_ON_THINGS, type ScrollDeed, type ThingScroll } from "../../../content.ts";
import type { Frozen } from "../../frozen.ts";
import { itemName, unknownFamily } from "../../naming.ts";
import type { Turn } from "../../turn.ts";
import type { Delver, ItemStats, PackRow, Scene } from "../../world.ts";
import { drawn } from "./drawing.ts";

type Thing = Frozen<PackRow>;
type OnThing = {
  /** Why it does nothing for a thing, by what the party knows of it; undefined when it may. */
  refuse(world: Scene, thing: Thing): string | undefined;
  do(turn: Turn, delver: Delver, thing: Thing): void;
};

/** What scrolls do to a thing of the pack. */
const onThings: { [K in ThingScroll]: OnThing } = {
  identifies: {
    refuse(world, { kind, stats }) {
      const known = unknownFamily(world, kind) === undefined && stats?.known !== false;
      return known ? "You know all about that already." : undefined;
    },
    do(turn, { id: actor }, { id, kind, stats }) {
      if (!turn.world.known.has(kind)) turn.tell({ kind: "recognised", item: kind });
      if (stats !== undefined) reveal(turn, actor, id, stats);
      const name = itemName(turn.world, kind, stats && { ...stats, known: true, felt: true });
      turn.tell({ kind: "informed", actor, text: `You know all about your ${name} now.` });
    },
  },
  enchants: {
    refuse(world, { kind, stats }) {
      const { use } = world.book.item(kind);
      const can = stats !== undefined && ENCHANTED.has(use);
      return can ? undefined : "That cannot be made better.";
    },
    do(turn, { id: actor }, { id: item, kind, stats }) {
      const wand = turn.world.book.item(kind).use === "wand";
      if (stats === undefined) return;
      const better = wand
        ? { ...stats, charges: stats.charges + 2 }
        : { ...stats, enchant: stats.enchant + 1 };
      turn.tell({ kind: "worn", actor, item, stats: better });
      turn.tell({ kind: "informed", actor, text: `Your ${itemName(turn.world, kind)} gleams.` });
    },
  },
  uncurses: {
    refuse(world, { stats }) {
      if (stats === undefined) return NOTHING_BAD;
      const fine = stats.enchant >= 0 && !isBad(world, stats);
      return stats.known && fine ? NOTHING_BAD : undefined;
    },
    do(turn, { id: actor }, { id: item, stats }) {
      if (stats === undefined) return;
      const runic = isBad(turn.world, stats) ? "" : stats.runic;
      const enchant = Math.max(0, stats.enchant);
      turn.tell({ kind: "worn", actor, item, stats: { ...stats, runic, enchant, felt: true } });
      turn.tell({ kind: "informed", actor, text: "Nothing bad clings to it any more." });
    },
  },
  mends: {
    refuse: (_, { stats }) => ((stats?.wear ?? 0) === 0 ? "That is whole already." : undefined),
    do(turn, { id: actor }, { id: item, stats }) {
      if (stats !== undefined)
        turn.tell({ kind: "worn", actor, item, stats: { ...stats, wear: 0 } });
    },
  },
  inscribes: {
    refuse(world, { kind, stats }) {
      const { use } = world.book.item(kind);
      if (stats === undefined || (use !== "weapon" && use !== "armour")) {
        return "Only weapons and armour bear runics.";
      }
      const good = stats.known && stats.runic !== "" && !isBad(world, stats);
      return good ? "That bears a good runic already." : undefined;
    },
    do(turn, { id: actor }, { id: item, kind, stats }) {
      const { book } = turn.world;
      const fit = book.content.runics.filter(
        ({ on, good, id }) => good && on === book.item(kind).use && id !== stats?.runic,
      );
      const runic = drawn(turn, fit)?.id;
      if (stats === undefined || runic === undefined) return;
      const written = { ...stats, runic, known: false };
      // Known only by the second, so that the log names what was written.
      turn.tell({ kind: "worn", actor, item, stats: written });
      reveal(turn, actor, item, written);
    },
  },
};

const ENCHANTED: ReadonlySet<string> = new Set(["weapon", "armour", "wand", "charm"]);
const NOTHING_BAD = "Nothing bad clings to that.";

/** Why a scroll is of no use on a thing, or wants one; undefined when it can be read. */
export function refuseThing(
  world: Scene,
  does: ScrollDeed,
  thing: Thing | undefined,
): string | undefined {
  if (!isOnThings(does)) return undefined;
  return thing === undefined ? "Choose what to read it on." : onThings[does].refuse(world, thing);
}

/**
 * Reads a scroll on the thing chosen. Who did not know what they read chose nothing, or nothing
 * fit: then it is the first of the pack that fits.
 */
export function readOnThing(
  turn: Turn,
  delver: Delver,
  does: ThingScroll,
  on: number | undefined,
): void {
  const fit = delver.pack.filter((one) => onThings[does].refuse(turn.world, one) === undefined);
  const thing = fit.find(({ id }) => id === on) ?? fit[0];
  if (thing !== undefined) onThings[does].do(turn, delver, thing);
  else turn.tell({ kind: "informed", actor: delver.id, text: "Nothing comes of it." });
}

export function isOnThings(does: ScrollDeed): does is ThingScroll {
  return SCROLLS_ON_THINGS.some((one) => one === does);
}

/** All about a thing is known from now on. */
function reveal(turn: Turn, actor: number, item: number, stats: ItemStats): void {
  turn.tell({ kind: "worn", actor, item, stats: { ...stats, known: true, felt: true } });
}

function isBad(world: Scene, { runic }: ItemStats): boolean {
  return runic !== "" && !world.book.runic(runic).good;
}
