import type { ItemUse } from "../../content.ts";

/** What members settle among each other and with traders. */
export type AgreementCommand =
  | {
      readonly do: "offer";
      readonly to: string;
      readonly items: readonly number[];
      readonly ore: readonly { readonly stack: number; readonly amount: number }[];
      readonly gold: number;
    }
  | { readonly do: "acceptOffer"; readonly offer: number }
  | { readonly do: "cancelOffer"; readonly offer: number }
  | { readonly do: "vote"; readonly prompt: number; readonly vote: "need" | "greed" | "pass" }
  /** Which families of things one takes up by walking over them. */
  | { readonly do: "autoPickup"; readonly kinds: readonly ItemUse[] }
  | { readonly do: "hire"; readonly class: string }
  | { readonly do: "choose"; readonly prompt: number; readonly option: number };
