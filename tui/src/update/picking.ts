import { type Act, CLASSES, type Self } from "@underlode/contracts";
import { act } from "../effects.ts";
import type { Input } from "../input/input.ts";
import { type Command, commandOf } from "../keys.ts";
import type { Amount, Model, Overlay, Picked, Step } from "../model.ts";
import { aimAt } from "./aiming.ts";
import { openBench } from "./bench.ts";
import { careful, close, doing, stay, withNote } from "./change.ts";
import { itemLabel, itemWords } from "./item-words.ts";
import { distance, ownPlace } from "./sight.ts";

type PackItem = NonNullable<Self["pack"]>[number];
type For<K extends Picked["for"]> = Extract<Picked, { for: K }>;

/** A row of a list to choose from. */
export type Choice = {
  readonly id: number | string;
  readonly text: string;
  readonly note: string;
  readonly right?: string;
  /** The question that it answers, where a list has several. */
  readonly about?: string;
  /** Why it cannot be had. */
  readonly refused?: string;
};

type List<K extends Picked["for"]> = {
  readonly title: (what: For<K>) => string;
  /** Said instead of an empty list. */
  readonly none: string;
  readonly rows: (model: Model, what: For<K>) => readonly Choice[];
  readonly take: (model: Model, id: Choice["id"], what: For<K>) => Step;
};

/** Opens a list, or says why there is nothing to choose. */
export const pick = (model: Model, what: Picked, nowMs: number): Step =>
  choicesOf(model, what).length === 0
    ? stay(withNote(close(model), listOf(what).none, "info", nowMs))
    : stay({ ...model, overlay: { at: "pick", what, cursor: 0 } });

/** Answers and choices, from the first that waits for the player. */
export const openAnswers = (model: Model, nowMs: number): Step => {
  const waits = model.seen.self.prompts?.some(({ answer }) => answer == null);
  const offered = model.seen.self.choices?.length;
  return !waits && offered ? stay(openChoices(model)) : pick(model, { for: "answer" }, nowMs);
};

/** The same list, from what the place beside the player offers. */
export const openChoices = (model: Model): Model => ({
  ...model,
  overlay: { at: "pick", what: { for: "answer" }, cursor: promptRows(model).length },
});

export const titleOf = (what: Picked): string => listOf(what).title(what);
export const choicesOf = (model: Model, what: Picked): readonly Choice[] =>
  listOf(what).rows(model, what);

const listOf = (what: Picked): List<Picked["for"]> =>
  lists[what.for] as unknown as List<Picked["for"]>;

const itemRow = (item: PackItem, timeMs: number): Choice => ({
  id: item.id,
  text: itemLabel(item),
  note: itemWords(item, timeMs),
});
const packRows =
  (fits: (item: PackItem) => boolean = () => true) =>
  ({ seen }: Model): Choice[] =>
    (seen.self.pack ?? []).filter(fits).map((item) => itemRow(item, seen.timeMs));
/** What is worn stands last: Enter on the first row means it the least. */
const spareFirst =
  (fits: (item: PackItem) => boolean = () => true) =>
  (model: Model): Choice[] => [
    ...packRows((item) => fits(item) && !item.equipped)(model),
    ...packRows((item) => fits(item) && item.equipped)(model),
  ];
const isGear = ({ kind }: PackItem): boolean => kind === "weapon" || kind === "armour";
const itemOf = ({ seen }: Model, id: Choice["id"]): PackItem | undefined =>
  seen.self.pack?.find((one) => one.id === id);

const packList = (
  title: string,
  take: (model: Model, item: PackItem) => Step,
  fits?: (item: PackItem) => boolean,
) => ({
  title: () => title,
  none: fits ? "You carry no gear for that." : "The pack is empty.",
  rows: spareFirst(fits),
  take: (model: Model, id: Choice["id"]): Step => {
    const item = itemOf(model, id);
    return item ? take(model, item) : stay(close(model));
  },
});

const oreList = (title: string, what: Amount["for"]) => ({
  title: () => title,
  none: "You carry no ore for that.",
  rows: ({ seen }: Model): Choice[] =>
    (seen.self.ore ?? [])
      .filter(({ fromVault }) => what !== "bank" || !fromVault)
      .map(({ id, name, amount }) => ({ id: id ?? 0, text: name, note: `${amount}` })),
  take: (model: Model, id: Choice["id"]): Step => {
    const stack = model.seen.self.ore?.find((one) => one.id === id);
    if (stack?.id === undefined) return stay(close(model));
    const { name, amount } = stack;
    const overlay: Amount = {
      ...{ at: "amount", for: what, stack: stack.id, name, amount, max: amount },
    };
    return stay({ ...model, overlay });
  },
});

const VOTES = ["need", "greed", "pass"] as const;
export type Vote = (typeof VOTES)[number];

const lists: { [K in Picked["for"]]: List<K> } = {
  use: packList("Use or wear", (model, item) => useItem(model, item)),
  drop: packList("Drop", (model, item) => dropItem(model, item)),
  throw: packList("Throw", (model, { id, name }) =>
    stay(aimAt(model, { do: "throw", item: id, name })),
  ),
  salvage: packList(
    "Take apart",
    (model, item) => unlessWorn(model, item, "Take it apart", { do: "salvage", item: item.id }),
    isGear,
  ),
  repair: {
    ...packList(
      "Mend",
      (model, { id }) => doing(close(model), act({ do: "repair", item: id, ...byKit(model) })),
      isGear,
    ),
    rows: packRows(isGear),
  },
  on: {
    title: ({ name }) => `${name}: on what?`,
    none: "You carry nothing to use it on.",
    rows: (model, { item }) => packRows(({ id }) => id !== item)(model),
    take: (model, id, { item }) => doing(close(model), act({ do: "use", item, on: Number(id) })),
  },
  dropOre: oreList("Drop ore", "dropOre"),
  bank: oreList("Into the vault", "bank"),
  craft: {
    title: () => "Forge what?",
    none: "The party knows no schematic.",
    rows: ({ seen: { self } }) =>
      (self.schematics ?? []).map(({ id, name, needs, grade }) => ({
        id,
        text: name,
        note: `${needs.map(needWords).join(" + ")} · grade ${grade}`,
        right: self.recipes?.some((one) => one.id === id) ? "here" : "",
      })),
    take: (model, id) => openBench(model, String(id)),
  },
  hire: {
    title: () => "Hire whom?",
    none: "Nobody can be hired here: try the first gate, a trader, a captive.",
    rows: ({ seen }) =>
      seen.self.hire
        ? CLASSES.map((id) => ({ id, text: id, note: priceWords(seen.self.hire?.gold ?? 0) }))
        : [],
    take: (model, id) => doing(close(model), act({ do: "hire", class: String(id) })),
  },
  offer: {
    title: () => "Offer to whom?",
    none: "No other member is on this floor.",
    rows: nearMembers,
    take: (model, id) => {
      const name = model.seen.crew.find(({ player }) => player === id)?.name ?? "";
      return stay({
        ...model,
        overlay: { at: "trade", to: String(id), name, cursor: 0, items: [], ore: {}, gold: 0 },
      });
    },
  },
  answer: {
    title: () => "Answer",
    none: "Nobody asks you anything.",
    rows: (model) => [...promptRows(model), ...choiceRows(model)],
    take: (model, id) => {
      const [prompt = 0, option = 0] = String(id).split(" ").map(Number);
      return doing(close(model), answerTo(model, prompt, option));
    },
  },
};

function promptRows({ seen }: Model): Choice[] {
  return (seen.self.prompts ?? []).flatMap(({ id, text, options, answer }) =>
    options.map((option, i) => ({
      id: `${id} ${i}`,
      text: `${answer === i ? "✓ " : ""}${option}`,
      note: text,
    })),
  );
}

/** What the place beside the player lets them take, buy, sell or ask about. */
function choiceRows({ seen }: Model): Choice[] {
  return (seen.self.choices ?? []).flatMap(({ id, options, ...asked }) =>
    options.map(({ name, note, price, refused }, i) => ({
      ...{ id: `${id} ${i}`, text: name, note, about: choiceTitle(asked) },
      ...{ right: price > 0 ? `${price} gold` : "", ...(refused !== null && { refused }) },
    })),
  );
}

/** Of kinds that have one question for each thing: what all of them ask. */
const CHOICE_TITLES: Readonly<Record<string, string>> = {
  sell: "Sell which of your things?",
  identify: "Ask about which of your things?",
};
export const choiceTitle = ({ kind, text }: { kind: string; text: string }): string =>
  CHOICE_TITLES[kind] ?? text;

/** A vote where things found are asked about, else a choice. */
const answerTo = (model: Model, prompt: number, option: number) => {
  const row = model.seen.self.prompts?.find(({ id }) => id === prompt);
  const vote = row?.kind === "loot" ? VOTES[option] : undefined;
  return vote ? act({ do: "vote", prompt, vote }) : act({ do: "choose", prompt, option });
};

const priceWords = (gold: number): string => (gold > 0 ? `${gold} gold` : "for nothing");

/** As many kinds of ore as there are. */
const ORES = 4;

/** How much of which ore a schematic asks for. */
export const needWords = ({ ores, amount }: { ores: readonly string[]; amount: number }): string =>
  `${amount} ${ores.length >= ORES ? "of any ore" : ores.join("/")}`;

/** Members on the floor, nearest first: who is too far is told so by the game. */
function nearMembers({ seen }: Model): Choice[] {
  const here = ownPlace(seen) ?? { x: 0, y: 0 };
  return seen.crew
    .filter(({ thing, state }) => thing !== seen.self.vitals?.thing && state === "up")
    .flatMap(({ player, name, class: kind, thing }) => {
      const body = seen.things.get(thing);
      return body ? [{ id: player, text: name, note: kind, far: distance(body, here) }] : [];
    })
    .sort((a, b) => a.far - b.far)
    .map(({ id, text, note, far }) => ({ id, text, note: `${note} · ${far} away` }));
}

/** A kit is used where there is one and no forge. */
const byKit = ({ seen }: Model): { kit?: true } => {
  const recipes = seen.self.recipes ?? [];
  return recipes.length > 0 && recipes.every(({ kit }) => kit) ? { kit: true } : {};
};

/** R-ITE-13: what one wears goes by no single key, held down or mistaken for another. */
const unlessWorn = (model: Model, item: PackItem, deed: string, what: Act): Step => {
  if (!item.equipped) return doing(close(model), act(what));
  return stay(careful(model, `You use the ${item.name} now. ${deed}?`, act(what)));
};

export const dropItem = (model: Model, item: PackItem): Step =>
  unlessWorn(model, item, "Drop it", { do: "drop", item: item.id });

/** Uses a thing of the pack, having asked for what it wants besides. */
export const useItem = (model: Model, item: PackItem): Step => {
  const { id, name, wants = "nothing" } = item;
  if (wants === "nothing") {
    return unlessWorn(model, item, "Put it away", { do: "use", item: id });
  }
  if (wants !== "item") return stay(aimAt(model, { do: "use", item: id, name, at: wants }));
  return stay({
    ...model,
    overlay: { at: "pick", what: { for: "on", item: id, name }, cursor: 0 },
  });
};

type Pick = Extract<Overlay, { at: "pick" }>;

export const onPick = (model: Model, over: Pick, command: Command<"pick"> | undefined): Step => {
  const rows = choicesOf(model, over.what);
  const cursor = Math.max(0, Math.min(over.cursor, rows.length - 1));
  if (command === "up" || command === "down") {
    const moved = (cursor + (command === "up" ? -1 : 1) + rows.length) % Math.max(1, rows.length);
    return stay({ ...model, overlay: { ...over, cursor: moved } });
  }
  if (command === "back") return stay(close(model));
  const row = rows[cursor];
  // The list says why it cannot be had.
  if (row?.refused !== undefined) return stay(model);
  return command === "take" && row ? listOf(over.what).take(model, row.id, over.what) : stay(model);
};

export const onAmount = (model: Model, over: Amount, input: Input): Step => {
  if (input.type !== "key") return stay(model);
  const set = (amount: number): Step =>
    stay({ ...model, overlay: { ...over, amount: Math.max(1, Math.min(over.max, amount)) } });
  if (/^[0-9]$/.test(input.key)) {
    const longer = over.amount * 10 + Number(input.key);
    return set(over.amount === over.max || longer > over.max ? Number(input.key) : longer);
  }
  switch (commandOf("amount", input)) {
    case "more":
      return set(over.amount + 1);
    case "less":
      return set(over.amount - 1);
    case "all":
      return set(over.max);
    case "back":
      return stay(close(model));
    case "send": {
      const { stack, amount } = over;
      return doing(close(model), act({ do: over.for, stack, amount }));
    }
    case undefined:
      return stay(model);
  }
};
