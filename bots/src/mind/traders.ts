import type { Act, Self } from "@underlode/contracts";
import { mayTry } from "./notes.ts";
import { slotOf, suitsClass, worthOf } from "./pack.ts";
import type { Scene } from "./scene.ts";
import { goTo } from "./vaults.ts";

type Wish = Act | "go on" | undefined;
type Choice = NonNullable<Self["choices"]>[number];
type Item = NonNullable<Self["pack"]>[number];

/** With less gold and nothing to sell nobody goes to a trader. */
const GOLD_MIN = 40;
/** What helps anybody, the best first. */
const GOODS = [
  /healing/i,
  /life/i,
  /enchant/i,
  /charm/i,
  /wand/i,
  /haste|might|protect|stoneskin/i,
];

/** Sells what one has better of, and buys what one can use. */
export const trade = (scene: Scene): Wish => {
  const { seen, notes, threats } = scene;
  if (threats.length > 0) return undefined;
  const choices = seen.self.choices ?? [];
  const deal = sell(scene, choices) ?? buy(scene, choices);
  if (deal) return deal;
  const rich = (seen.self.vitals?.gold ?? 0) >= GOLD_MIN;
  for (const [cell, place] of notes.places) {
    if (!/trader/.test(place) || notes.spent.has(cell)) continue;
    if (!rich && !(seen.self.pack ?? []).some((item) => isSpare(scene, item))) continue;
    const walk = goTo(scene, cell);
    if (walk) return walk;
    notes.spent.add(cell);
  }
  return undefined;
};

/** Gear that is no better than what is worn of its kind. */
const isSpare = ({ seen, me }: Scene, item: Item): boolean => {
  if (item.equipped || (item.kind !== "weapon" && item.kind !== "armour")) return false;
  const slot = slotOf(item);
  const worn = (seen.self.pack ?? []).find((one) => one.equipped && slotOf(one) === slot);
  const attack = seen.self.vitals?.attack ?? 6;
  return worn !== undefined && worthOf(item, me, attack) <= worthOf(worn, me, attack);
};

const sell = (scene: Scene, choices: readonly Choice[]): Act | undefined => {
  const pack = scene.seen.self.pack ?? [];
  const offer = choices.find(({ id, kind }) => {
    const item = kind === "sell" ? pack.find((one) => one.id === id) : undefined;
    return item !== undefined && isSpare(scene, item) && isNew(scene, id, 0);
  });
  return offer && choose(scene, offer.id, 0);
};

const buy = (scene: Scene, choices: readonly Choice[]): Act | undefined => {
  const shop = choices.find(({ kind }) => kind === "shop");
  if (!shop) return undefined;
  const rank = (name: string): number => {
    const good = GOODS.findIndex((one) => one.test(name));
    if (good >= 0) return good;
    return suitsClass(name, scene.me.class) && !/scroll|potion/.test(name) ? GOODS.length : -1;
  };
  const able = shop.options
    .map(({ name, refused }, option) => ({ option, rank: refused === null ? rank(name) : -1 }))
    .filter((one) => one.rank >= 0 && isNew(scene, shop.id, one.option))
    .sort((a, b) => a.rank - b.rank);
  return able[0] && choose(scene, shop.id, able[0].option);
};

/** Each deal is asked for once: what was refused then is refused again. */
const isNew = ({ notes, nowMs }: Scene, id: number, option: number): boolean =>
  mayTry(notes, "choose", nowMs) && !notes.tried.has(`deal ${id} ${option}`);

const choose = ({ notes }: Scene, prompt: number, option: number): Act => {
  notes.tried.add(`deal ${prompt} ${option}`);
  return { do: "choose", prompt, option };
};
