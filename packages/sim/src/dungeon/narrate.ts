import type { MindSpec, SpellKind } from "../content.ts";
import type { Line, Tone } from "../simulation.ts";
import type { DungeonEvent, EventKind, How } from "./events.ts";
import { groundName, itemName } from "./naming.ts";
import { conditions } from "./narrate/conditions.ts";
import { feats } from "./narrate/feats.ts";
import { fixtures } from "./narrate/fixtures.ts";
import { party } from "./narrate/party.ts";
import { a, cap, carried, delver, find, line, seen, seenOf, who } from "./narrate/says.ts";
import { oreName } from "./ore.ts";
import { actorById, isBroken, levelOf, nameOf } from "./reads.ts";
import type { LongAct, Scene } from "./world.ts";

export type Narrate<K extends EventKind> = (
  world: Scene,
  event: DungeonEvent<K>,
) => Line | undefined;

/** The line of the log that an event deserves, written before the event is applied. */
export function narrate<K extends EventKind>(
  world: Scene,
  event: DungeonEvent<K>,
): Line | undefined {
  return table[event.kind](world, event);
}

const silent = () => undefined;

const table: { [K in EventKind]: Narrate<K> } = {
  ...conditions,
  ...fixtures,
  ...feats,
  ...party,
  threatened: silent,
  stirred: silent,
  wielded: (world, { actor, item }) =>
    line(`${who(world, actor)} uses ${a(carried(world, actor, item))}.`),
  worn: narrateWorn,
  informed: (world, { actor, text }) => line(text, "plain", delver(world, actor)),
  strengthened: (world, { actor }) => line(`${who(world, actor)} is hale as never before.`, "good"),
  mapped: (world, { actor }) => line(`${who(world, actor)} sees the floor laid out.`, "good"),
  changed: (world, { actor, monster }) =>
    seen(world, actor, `turns into ${a(world.book.monster(monster).name)}!`, "bad"),
  oreDropped: (world, { actor, stack, amount }) => {
    const row = delver(world, actor)?.ore.find(({ id }) => id === stack);
    if (row === undefined) return undefined;
    return line(`${who(world, actor)} lays down ${amount} ${oreName(world, row)}.`);
  },
  given: (world, { actor, item, stats }) =>
    line(`${who(world, actor)} receives ${a(itemName(world, item, stats))}.`, "loot"),
  handedOver: (world, { actor, item, gold }) =>
    gold === 0
      ? undefined
      : line(`${who(world, actor)} sells ${a(carried(world, actor, item))} for ${gold} gold.`),
  paid: silent,
  fell: (world, { actor }) => line(`${who(world, actor)} falls into the deep!`, "bad"),
  rolled: silent,
  moved: silent,
  busied: silent,
  buffered: silent,
  unbuffered: silent,
  tileChanged: silent,
  secretFound: (world, { actor }) => line(`${who(world, actor)} finds a secret door!`, "loot"),
  felt: silent,
  spent: silent,
  cooled: silent,
  exhausted: silent,
  mended: silent,
  refreshed: silent,
  learned: silent,
  laid: silent,
  spawned: silent,
  actChanged: silent,
  veinWorked: silent,
  floorOpened: silent,
  swapped: silent,
  arrived: (world, { actor, floor }) =>
    line(
      `${who(world, actor)} reaches ${world.levels.get(floor)?.name ?? "a new floor"}.`,
      "system",
    ),
  dug: (world, { actor }) => seen(world, actor, "breaks through the rock!", "bad"),
  missed: (world, { actor, target }) =>
    seenOf(world, [actor, target], `${cap(who(world, actor))} misses ${who(world, target)}.`),
  hit: narrateHit,
  healed: (world, { actor, target, amount }) => {
    const one = actorById(world, 0, target);
    if (one === undefined || one.hp === one.maxHp) return undefined;
    const whom = actor === target ? "recovers" : `heals ${who(world, target)} for`;
    const text = `${cap(who(world, actor))} ${whom} ${Math.min(amount, one.maxHp - one.hp)}.`;
    return seenOf(world, [target], text, "good");
  },
  slain: (world, { actor, monster }) =>
    actor === 0
      ? seen(world, monster, "dies.", "good")
      : seenOf(
          world,
          [actor, monster],
          `${cap(who(world, actor))} kills ${who(world, monster)}.`,
          "good",
        ),
  downed: (world, { actor }) =>
    line(`${who(world, actor)} goes down! Lift them before they bleed out.`, "bad"),
  perished: (world, { actor }) => line(`${who(world, actor)} is dead.`, "bad"),
  lifted: (world, { actor, by }) =>
    line(`${who(world, by)} lifts ${who(world, actor)} back up.`, "good"),
  noticed: (world, { actor, target }) =>
    seen(world, actor, `notices ${who(world, target)}.`, "bad"),
  howled: (world, { actor }) => {
    const one = find(world, actor);
    const howls = one?.is === "monster" && one.kind.mind.kind === "howler";
    return howls
      ? seen(world, actor, "howls, and others answer.", "bad")
      : seenOf(world, [actor], "Somebody raises the alarm, and others answer.", "bad");
  },
  rushed: (world, { actor }) => seen(world, actor, "runs!", "bad"),
  spellCast: (world, { actor, spell }) => seen(world, actor, `${CASTS[spell]}.`, "bad"),
  hatched: (world, { actor }) => seen(world, actor, "bursts open!", "bad"),
  bonesGone: silent,
  vanished: (world, { actor }) => seen(world, actor, "is gone as it came.", "plain"),
  followed: silent,
  dragged: (world, { actor, target }) =>
    line(`${cap(who(world, actor))} drags ${who(world, target)} away!`, "bad"),
  rusted: (world, { actor, item }) =>
    line(`Your ${carried(world, actor, item)} corrodes!`, "bad", delver(world, actor)),
  ate: (world, { actor }) => seen(world, actor, "eats the ore!", "bad"),
  revealed: (world, { actor }) =>
    seen(world, actor, `opens its jaws: it is ${a(nameOf(find(world, actor)))}!`, "bad"),
  loomed: (world, { actor }) => {
    const one = find(world, actor);
    return one?.is === "monster" ? seen(world, actor, windup(one.kind.mind), "bad") : undefined;
  },
  burst: (world, { actor }) => seen(world, actor, "blows up!", "bad"),
  slammed: (world, { actor }) => {
    const one = find(world, actor);
    const mind = one?.is === "monster" ? one.kind.mind : undefined;
    return mind?.kind === "boss" ? seen(world, actor, `${mind.slams}.`, "bad") : undefined;
  },
  phased: (world, { actor, phase }) => {
    const one = find(world, actor);
    const mind = one?.is === "monster" ? one.kind.mind : undefined;
    const cry = mind?.kind === "boss" ? mind.phases[phase - 2]?.cry : undefined;
    return cry === undefined ? undefined : seen(world, actor, cry, "bad");
  },
  abilityUsed: (world, { actor, ability }) =>
    line(`${who(world, actor)} uses ${world.book.ability(ability).name}.`),
  rose: (world, { actor, level }) => line(`${who(world, actor)} reaches level ${level}.`, "good"),
  taken: narrateTaken,
  dropped: (world, { actor, item }) =>
    line(`${who(world, actor)} drops ${a(carried(world, actor, item))}.`),
  sweptAway: (world, { actor, item }) =>
    line(`The water takes ${a(carried(world, actor, item))} from ${who(world, actor)}.`, "bad"),
  consumed: (world, { actor, item, how }) =>
    line(`${who(world, actor)} ${CONSUMES[how]} ${a(carried(world, actor, item))}.`),
  recognised: (world, { item }) =>
    world.known.has(item)
      ? undefined
      : line(`The ${itemName(world, item)} is ${a(world.book.item(item).name)}.`, "loot"),
  equipped: (world, { actor, item }) =>
    line(`${who(world, actor)} readies ${a(carried(world, actor, item))}.`),
  unequipped: (world, { actor, item }) =>
    line(`${who(world, actor)} puts away ${a(carried(world, actor, item))}.`),
  stolen: (world, { actor, target, amount }) =>
    line(`${cap(who(world, actor))} steals ${amount} gold from ${who(world, target)}!`, "bad"),
  surveyed: narrateSurvey,
  actBegan: (world, { actor, act }) => line(`${who(world, actor)} ${beginning(world, act)}.`),
  actEnded: (world, { actor, why }) =>
    why === "done"
      ? undefined
      : line(
          why === "hurt" ? "The blow breaks your work off." : "You stop.",
          "plain",
          delver(world, actor),
        ),
  veinEmptied: silent,
  oreGained: (world, { actor, floor, spawn, amount }) =>
    line(
      `${who(world, actor)} mines ${amount} ${world.levels.get(floor)?.spawns[spawn]?.name ?? "ore"}.`,
      "loot",
    ),
  presence: (world, { actor, presence }) => {
    const does = {
      online: "is back",
      away: "is away, and a mind like a companion's goes on for them",
      left: "leaves the party",
    };
    return line(`${who(world, actor)} ${does[presence]}.`, "system");
  },
  runEnded: (_, { outcome }) => line(ENDINGS[outcome], outcome === "victory" ? "good" : "system"),
};

const ENDINGS = {
  victory: "The way is free: the party has won!",
  defeat: "Nobody is left to fight. The run is over.",
  abandoned: "Everybody has left. The run is over.",
};
const VERBS: Record<Exclude<How, "blow" | "split" | keyof typeof IMPACTS>, string> = {
  shot: "shoots",
  cleave: "cleaves",
  firebolt: "burns",
  aimedShot: "pierces",
  charge: "charges",
  frostNova: "chills",
  lightning: "shocks",
  venom: "envenoms",
  backstab: "stabs",
  thrown: "hits",
  zap: "blasts",
  bolt: "sears",
  rush: "runs down",
};
const IMPACTS = {
  blast: "The blast",
  slam: "The shock",
  fire: "The fire",
  poison: "The poison",
  fall: "The fall",
  lava: "The lava",
  water: "The water",
  current: "The current",
  trap: "The trap",
  rocks: "The falling rock",
  shatter: "The splinters",
  toxic: "The burst of venom",
  anvil: "The impact",
  runic: "The runic",
  thorns: "A sharp hide",
  reflected: "The thrown-back blow",
};
const CONSUMES = { drunk: "drinks", read: "reads", thrown: "throws" };

const CASTS: Record<SpellKind, string> = {
  mends: "binds a wound",
  hexes: "mutters a curse",
  rouses: "drives its fellows on",
  summons: "calls for others",
  raises: "makes the dead get up",
  spits: "spits",
  bolts: "flings a bolt",
  leaps: "leaps",
  burrows: "comes up out of the ground",
  blinks: "is somewhere else",
  pulls: "pulls its prey in",
  swaps: "changes places",
  regrows: "grows its wounds shut",
};

function windup(mind: MindSpec): string {
  if (mind.kind === "boss") return `${mind.raises}.`;
  if (mind.kind === "egg") return "begins to stir.";
  return mind.kind === "charger" ? "lowers its head and paws the ground!" : "lights its fuse!";
}

function beginning(world: Scene, act: LongAct): string {
  if (act.is === "mining") return "starts to mine";
  if (act.is === "crafting")
    return act.order.kit === true ? "opens a field kit" : "works at the forge";
  if (act.is === "repairing") return "mends gear";
  if (act.is === "reading") return "begins to read";
  return `kneels by ${who(world, act.target)}`;
}

/** R-LEG-1: a Legacy ore is announced to all by whoever looks at it first. */
function narrateSurvey(world: Scene, { actor, vein }: DungeonEvent<"surveyed">): Line | undefined {
  const one = delver(world, actor);
  const level = one === undefined ? undefined : levelOf(world, one);
  const spawn = level?.spawns[level.veins.get(vein)?.spawn ?? -1];
  if (spawn?.legacy === undefined || spawn.known) return undefined;
  const { lore } = world.book.legacy(spawn.legacy);
  return line(`${who(world, actor)} has found ${spawn.name}! ${lore}`, "loot");
}

function isImpact(how: How): how is keyof typeof IMPACTS {
  return how in IMPACTS;
}

function narrateHit(
  world: Scene,
  { actor, target, amount, how }: DungeonEvent<"hit">,
): Line | undefined {
  if (how === "split") return seen(world, target, "splits in two!", "bad");
  const tone: Tone = world.delvers.has(target) ? "bad" : "plain";
  const by = find(world, actor);
  const whom = who(world, target);
  if (isImpact(how)) {
    return seenOf(world, [target], `${IMPACTS[how]} hits ${whom} for ${amount}.`, tone);
  }
  const plain = by?.is === "monster" ? by.kind.verb : "hits";
  const verb = how === "blow" ? plain : VERBS[how];
  const text = `${cap(who(world, actor))} ${verb} ${whom} for ${amount}.`;
  return seenOf(world, [actor, target], text, tone);
}

function narrateTaken(world: Scene, { actor, item }: DungeonEvent<"taken">): Line | undefined {
  const one = delver(world, actor);
  if (one === undefined) return undefined;
  const row = levelOf(world, one).items.get(item);
  if (row === undefined) return undefined;
  const counted = row.count > 1 || row.kind === "gold" || row.ore !== undefined;
  const name = groundName(world, row);
  return line(`${one.name} picks up ${counted ? name : a(name)}.`, "loot");
}

/** Wear is told when a thing breaks; a runic, when it shows. */
function narrateWorn(world: Scene, { actor, item, stats }: DungeonEvent<"worn">): Line | undefined {
  const one = delver(world, actor);
  const row = one?.pack.find(({ id }) => id === item);
  const before = row?.stats;
  if (one === undefined || row === undefined || before === undefined) return undefined;
  if (!before.known && stats.known && stats.runic !== "") {
    return line(`A runic shows: ${one.name} bears ${a(itemName(world, row.kind, stats))}.`, "loot");
  }
  if (!isBroken(stats) || isBroken(before)) return undefined;
  return line(`Your ${itemName(world, row.kind, before)} is worn out.`, "bad", one);
}
