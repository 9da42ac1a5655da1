import type { RunEnd } from "@underlode/contracts";
import { theme } from "./theme.ts";

/** Minutes and seconds, as on a clock: `75:09`. */
export const clock = (ms: number): string => {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${`${Math.floor(seconds / 60)}`.padStart(2, "0")}:${`${seconds % 60}`.padStart(2, "0")}`;
};

/** How far those who watch are behind. */
export const behind = (delayMs: number): string => {
  if (delayMs < 1000) return "live";
  const seconds = Math.round(delayMs / 1000);
  return seconds > 60 && seconds % 60 === 0 ? `${seconds / 60} min behind` : `${seconds} s behind`;
};

/** How long ago, in the largest unit that there is one of. */
export const ago = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day ago" : `${days} days ago`;
};

export const outcomeColour = {
  victory: theme.loot,
  defeat: theme.bad,
  abandoned: theme.faint,
  crashed: theme.bad,
} as const satisfies Record<RunEnd["outcome"], string>;
