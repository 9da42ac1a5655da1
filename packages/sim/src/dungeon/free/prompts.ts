import type { ItemUse } from "../../content.ts";
import type { AgreementCommand } from "../commands/agreements.ts";
import { chooseHere } from "../decide/fixtures.ts";
import { answer } from "../decide/prompts.ts";
import type { Free } from "./free.ts";

type PromptName = "vote" | "choose" | "autoPickup";
const VOTES = { need: 0, greed: 1, pass: 2 } as const;

/** Answers to questions; allowed in a pause. */
export const prompts: { [K in Extract<AgreementCommand["do"], PromptName>]: Free<K> } = {
  vote(turn, delver, { prompt, vote }) {
    const row = turn.world.prompts.get(prompt);
    if (row?.about.is !== "loot") return "Nobody asks that any more.";
    return answer(turn, delver, prompt, VOTES[vote]);
  },
  choose: (turn, delver, { prompt, option }) =>
    turn.world.prompts.has(prompt)
      ? answer(turn, delver, prompt, option)
      : chooseHere(turn, delver, prompt, option),
  autoPickup(turn, { id: actor, picks }, { kinds }) {
    const wanted = PICKABLE.filter((kind) => kinds.includes(kind));
    if (wanted.join() !== picks.join()) turn.tell({ kind: "picksSet", actor, kinds: wanted });
    return undefined;
  },
};

const PICKABLE: readonly ItemUse[] = [
  "potion",
  "scroll",
  "wand",
  "charm",
  "weapon",
  "armour",
  "key",
];
