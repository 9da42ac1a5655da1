import type { LogLine } from "@underlode/contracts";

/** Colours of everything that is not part of the dungeon itself. */
export const theme = {
  ground: 0x0b0c11,
  ink: 0xc9ccd6,
  text: "#c9ccd6",
  bright: "#f4f5fa",
  faint: "#7a8196",
  dark: "#4a5066",
  rule: "#3b4157",
  accent: "#e0a458",
  window: "#141722",
  chosen: "#2b3247",
  good: "#86d08a",
  bad: "#ee7467",
  loot: "#ecc965",
  system: "#82aee8",
  whisper: "#d69be8",
} as const;

export const toneColour: Readonly<Record<LogLine["tone"], string>> = {
  plain: theme.text,
  good: theme.good,
  bad: theme.bad,
  loot: theme.loot,
  system: theme.system,
};

export const classColour: Readonly<Record<string, string>> = {
  warrior: "#e08a5b",
  mage: "#7aa2f7",
  ranger: "#8fc76b",
  healer: "#e6c8f0",
  rogue: "#b0b0c8",
};
export const colourOfClass = (name: string | null): string => classColour[name ?? ""] ?? theme.text;

const resourceColours: Readonly<Record<string, string>> = {
  stamina: "#d8a048",
  mana: "#6c94f0",
  focus: "#8fc76b",
  energy: "#e6d86a",
};
export const colourOfResource = (name: string): string => resourceColours[name] ?? theme.accent;

/** From green over yellow to red. */
export const colourOfHealth = (share: number): string =>
  share > 0.6 ? theme.good : share > 0.3 ? "#e6c35c" : theme.bad;
