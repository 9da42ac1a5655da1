import { hasFlag, inSight, type Seen, type SeenThing } from "@underlode/client";
import type { CrewMember, Self } from "@underlode/contracts";
import type { Chance } from "../chance.ts";
import { canWade } from "./ground.ts";
import type { Notes } from "./notes.ts";
import { cellAt, reach, type Ways, waysAsAsked, waysFrom } from "./ways.ts";

export type Friend = { readonly member: CrewMember; readonly body: SeenThing };
export type Vitals = NonNullable<Self["vitals"]>;

/** Who goes first: those who can take a blow. */
const LEADS = ["warrior", "rogue", "healer", "ranger", "mage"];
/** How far off an enemy that is awake matters. */
const THREAT_CELLS = 14;

/** What a mind has before it when it decides: all from the picture and its own notes. */
export type Scene = {
  readonly seen: Seen;
  readonly notes: Notes;
  /** Game time as it must be by now. */
  readonly nowMs: number;
  readonly chance: Chance;
  readonly me: CrewMember;
  readonly body: SeenThing;
  readonly cell: number;
  /** Health from 0 to 1. */
  readonly health: number;
  /** Stamina, mana, focus or energy from 0 to 1. */
  readonly vigour: number;
  /** Monsters in sight, nearest first; asleep ones too. */
  readonly enemies: readonly SeenThing[];
  /** Those of them that are awake and near. */
  readonly threats: readonly SeenThing[];
  /** Other members on this floor that are up or down, in the order of the party. */
  readonly friends: readonly Friend[];
  /** Who goes first on this floor; undefined when the delver does. */
  readonly leader: Friend | undefined;
  readonly items: readonly SeenThing[];
  /** Ways that lead neither through monsters nor into known traps. */
  readonly ways: Ways;
  /** Ways through webs and the like as well. */
  readonly hardWays: Ways;
};

/** The scene for a player, or undefined while there is none to act in. */
export const sceneFor = (
  seen: Seen,
  player: string,
  notes: Notes,
  nowMs: number,
  chance: Chance,
): Scene | undefined => {
  const me = seen.crew.find((member) => member.player === player);
  const body = me && seen.things.get(me.thing);
  if (!me || !body || me.state !== "up" || seen.stale) return undefined;
  const cell = cellAt(seen, body);
  const things = [...seen.things.values()];
  const byReach = (a: SeenThing, b: SeenThing) => reach(body, a) - reach(body, b) || a.id - b.id;
  const enemies = things.filter((thing) => isEnemy(seen, thing)).sort(byReach);
  const friends = friendsOf(seen, me);
  const { vitals } = seen.self;
  const closed = () => closedCells(seen, enemies, notes, nowMs);
  return {
    ...{ seen, notes, nowMs, chance, me, body, cell, enemies, friends },
    threats: enemies.filter((one) => !hasFlag(one, "asleep") && reach(body, one) <= THREAT_CELLS),
    leader: leaderOf(seen, me, friends),
    health: me.maxHp > 0 ? me.hp / me.maxHp : 1,
    vigour: vitals && vitals.maxResource > 0 ? vitals.resource / vitals.maxResource : 1,
    items: things.filter((thing) => hasFlag(thing, "item")).sort(byReach),
    ways: waysAsAsked(cell, () => waysFrom(seen, cell, closed())),
    hardWays: waysAsAsked(cell, () => waysFrom(seen, cell, closed(), canWade)),
  };
};

const isEnemy = (seen: Seen, thing: SeenThing): boolean =>
  hasFlag(thing, "monster") &&
  !hasFlag(thing, "ally") &&
  inSight(seen.cells[cellAt(seen, thing)] ?? 0);

const friendsOf = (seen: Seen, me: CrewMember): Friend[] =>
  seen.crew.flatMap((member) => {
    const body = seen.things.get(member.thing);
    const here = member.state !== "dead" && member.state !== "left";
    return body && here && member.player !== me.player ? [{ member, body }] : [];
  });

const leaderOf = (seen: Seen, me: CrewMember, friends: readonly Friend[]): Friend | undefined => {
  const rank = (one: CrewMember) => LEADS.indexOf(one.class) * 100 + seen.crew.indexOf(one);
  const able = friends.filter(({ member }) => member.state === "up" && !member.hired);
  const [first] = able.sort((a, b) => rank(a.member) - rank(b.member));
  return first && rank(first.member) < rank(me) ? first : undefined;
};

/** What nobody walks over: it does harm, or stands in the way. */
const BARRED = /trap|vent|altar|lever|statue|captive|trader|locked/i;

const closedCells = (
  seen: Seen,
  enemies: readonly SeenThing[],
  notes: Notes,
  nowMs: number,
): ReadonlySet<number> => {
  const closed = new Set(enemies.map((enemy) => cellAt(seen, enemy)));
  for (const thing of seen.things.values())
    if (hasFlag(thing, "down")) closed.add(cellAt(seen, thing));
  for (const [cell, untilMs] of notes.avoid) if (untilMs > nowMs) closed.add(cell);
  for (const [cell, name] of notes.places) if (BARRED.test(name)) closed.add(cell);
  return closed;
};

/** Standing by, and not on another floor. */
export const alive = ({ friends }: Scene): readonly Friend[] =>
  friends.filter(({ member }) => member.state === "up");

export const isFront = (one: CrewMember): boolean =>
  one.class === "warrior" || one.class === "rogue";

/** Whether somebody else can stand between the delver and the enemy. */
export const hasFront = (scene: Scene): boolean =>
  alive(scene).some(({ member }) => isFront(member) && member.hp * 4 > member.maxHp);
