import type { Act, Self } from "@underlode/contracts";
import { mayTry } from "./notes.ts";
import type { Scene } from "./scene.ts";

type Item = NonNullable<Self["pack"]>[number];

/** Places of a pack that a delver fills; plans and keys find room above. */
const PACK_FULL = 18;
const TASTE_ABOVE = 0.7;
const PICKED = ["potion", "scroll", "wand", "charm", "weapon", "armour", "key"] as const;
const BOW = /bow|heartstring/i;
const CASTS = /staff|rod|starcaller/i;

const numberIn = (note: string): number => Number(/\d+/.exec(note)?.[0] ?? 5);
/** Milliseconds of a swing, as far as the words tell. */
const swingOf = ({ note, name }: Item): number => {
  if (/a little slow/.test(note)) return 450;
  if (/slow/.test(note)) return 620;
  return /quick|light/i.test(note) || /needle|fang|stiletto|nightglass/i.test(name) ? 270 : 430;
};

/** What a piece of gear is worth to a class, in its own measure; below 0 it is not for it. */
export const worthOf = (item: Item, { class: kind }: { class: string }, attack: number): number => {
  const { stats, name, note } = item;
  if (/^broken/.test(name)) return 0;
  const plus = (stats?.enchant ?? 0) * 0.8;
  const spell = stats?.spell ?? 0;
  const casts = kind === "mage" || kind === "healer";
  if (item.kind === "armour") {
    const carries = casts
      ? spell * 2 + (/spells (well|best)|robe|veil/i.test(note + name) ? 1.5 : 0)
      : 0;
    const heavy = kind === "mage" && /mail|plate|scale/i.test(name) ? -2 : 0;
    const base = Number(/\+(\d+) defence/.exec(note)?.[1] ?? 2);
    return base + (stats?.defence ?? 0) + plus + carries + heavy;
  }
  if (item.kind !== "weapon" || /to throw/.test(note)) return -1;
  if ((kind === "ranger") !== BOW.test(name)) return -1;
  const damage = numberIn(note) + (stats?.damage ?? 0) + plus;
  if (kind === "mage") {
    const carries = /carries spells best/.test(note) ? 4 : /carries spells well/.test(note) ? 2 : 0;
    return (CASTS.test(name) ? 6 : 0) + (carries + spell) * 4 + damage / 4;
  }
  const blows = ((attack + damage) * 430) / swingOf(item);
  return blows + (stats?.healing ?? 0) / (kind === "healer" ? 4 : 40) + (casts ? spell : 0);
};

const bareAttack = ({ seen }: Scene): number => Math.max(2, (seen.self.vitals?.attack ?? 6) - 3);
/** Where a piece of gear is worn. */
export const slotOf = ({ kind, note, name }: Item): string =>
  kind === "armour" && /other hand|shield|buckler/i.test(note + name) ? "shield" : kind;

/** Puts on what is better than what is worn; what clings or is refused stays as it is. */
export const dress = (scene: Scene): Act | undefined => {
  const { seen, me, threats, notes, nowMs } = scene;
  if (threats.length > 0) return undefined;
  const pack = seen.self.pack ?? [];
  const attack = bareAttack(scene);
  const twoHanded = pack.some(
    (one) =>
      one.equipped &&
      one.kind === "weapon" &&
      /bow|staff|great|halberd|battle|hammer|maul/i.test(one.name),
  );
  for (const slot of ["weapon", "armour", "shield"]) {
    if (slot === "shield" && twoHanded) continue;
    const fit = pack.filter((item) => slotOf(item) === slot);
    const worn = fit.find(({ equipped }) => equipped);
    const now = worn ? worthOf(worn, me, attack) : 0;
    const better = fit
      .filter((item) => !item.equipped && !notes.tried.has(`wear ${item.id}`))
      .filter(({ id }) => mayTry(notes, `use ${id}`, nowMs))
      .find((item) => worthOf(item, me, attack) > now + 0.05);
    if (better) {
      notes.tried.add(`wear ${better.id}`);
      return { do: "use", item: better.id };
    }
  }
  return undefined;
};

/** In peace: reads and drinks what nobody knows, and makes gear better. */
export const taste = (scene: Scene): Act | undefined => {
  const { seen, threats, health, notes, nowMs, friends } = scene;
  const well = friends.every(({ member }) => member.hp * 10 > member.maxHp * 6);
  if (threats.length > 0 || health < TASTE_ABOVE || !well) return undefined;
  const pack = seen.self.pack ?? [];
  for (const item of pack) {
    if (!mayTry(notes, `use ${item.id}`, nowMs)) continue;
    if (item.kind === "plan") return { do: "use", item: item.id };
    if (item.kind !== "scroll" && item.kind !== "potion") continue;
    const unknown = /^Nobody/.test(item.note);
    if (unknown) return { do: "use", item: item.id };
    if (/life|strength|mapping|magic map/i.test(item.name)) return { do: "use", item: item.id };
    if (item.kind === "scroll" && item.wants === "item") {
      const on = subject(item, pack, notes.tried);
      if (on) {
        notes.tried.add(`${item.name} ${on.id}`);
        return { do: "use", item: item.id, on: on.id };
      }
    }
  }
  return undefined;
};

/** What a scroll is best read on: gear in use, and for identifying whatever is unknown. */
const subject = (
  scroll: Item,
  pack: readonly Item[],
  tried: ReadonlySet<string>,
): Item | undefined => {
  const fresh = pack.filter(({ id }) => id !== scroll.id && !tried.has(`${scroll.name} ${id}`));
  if (/identif/i.test(scroll.name)) return fresh.find(({ note }) => /^Nobody|may hide/.test(note));
  const worn = pack.filter(({ equipped, id }) => equipped && id !== scroll.id);
  if (/enchant/i.test(scroll.name)) return worn.find(({ kind }) => kind === "armour") ?? worn[0];
  return worn.find(({ id }) => !tried.has(`${scroll.name} ${id}`));
};

/** Lets go of what only fills the pack. */
export const discard = (scene: Scene): Act | undefined => {
  const { seen, me, threats } = scene;
  const pack = seen.self.pack ?? [];
  if (threats.length > 0 || pack.length < PACK_FULL) return undefined;
  const attack = bareAttack(scene);
  const spare = pack
    .filter(({ equipped, kind }) => !equipped && (kind === "weapon" || kind === "armour"))
    .sort((a, b) => worthOf(a, me, attack) - worthOf(b, me, attack));
  return spare[0] && { do: "drop", item: spare[0].id };
};

/** Answers what the party is asked: need for what one would use, else greed. */
export const answer = ({ seen, me, notes }: Scene): Act | undefined => {
  for (const { id, kind, text, options, answer: said } of seen.self.prompts ?? []) {
    if (said !== null && said !== undefined) continue;
    if (notes.tried.has(`answer ${id}`)) continue;
    notes.tried.add(`answer ${id}`);
    if (kind === "loot")
      return { do: "vote", prompt: id, vote: suitsClass(text, me.class) ? "need" : "greed" };
    if (options.length > 0) return { do: "choose", prompt: id, option: 0 };
  }
  return undefined;
};

/** Whether a thing of such a name is for a class. */
export const suitsClass = (text: string, kind: string): boolean => {
  if (BOW.test(text)) return kind === "ranger";
  if (CASTS.test(text)) return kind === "mage" || /healing rod/i.test(text);
  if (/robe|veil/i.test(text)) return kind === "mage" || kind === "healer";
  if (/mail|plate|shield|sword|axe|hammer|halberd|spear/i.test(text)) return kind === "warrior";
  if (/dagger|rapier|stiletto|coat|leather/i.test(text)) return kind === "rogue";
  return /mace/i.test(text) ? kind === "healer" : true;
};

/** Says once what is to be taken up by walking over it. */
export const pickBy = ({ seen, notes }: Scene): Act | undefined => {
  const { autoPickup } = seen.self;
  if (!autoPickup || autoPickup.length === PICKED.length || notes.tried.has("pickBy"))
    return undefined;
  notes.tried.add("pickBy");
  return { do: "autoPickup", kinds: [...PICKED] };
};

/** Whether there is a place left for what lies about. */
export const hasRoom = ({ seen }: Scene): boolean => (seen.self.pack ?? []).length < PACK_FULL + 2;
