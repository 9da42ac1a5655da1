/** Colours a terminal can show. */
export type Depth = "none" | "16" | "256" | "true";
export const DEPTHS = ["none", "16", "256", "true"] as const;

type Env = Readonly<Record<string, string | undefined>>;

/** What the flag asks for, else FORCE_COLOR, NO_COLOR, COLORTERM and TERM, in this order. */
export const detectDepth = (flag: string | undefined, env: Env): Depth => {
  const asked = DEPTHS.find((depth) => depth === flag);
  if (asked) return asked;
  return forced(env.FORCE_COLOR) ?? detected(env);
};

const forced = (value: string | undefined): Depth | undefined => {
  if (value === undefined) return undefined;
  const levels: Readonly<Record<string, Depth>> = {
    "0": "none",
    false: "none",
    "2": "256",
    "3": "true",
  };
  return levels[value] ?? "16";
};

const detected = (env: Env): Depth => {
  const term = env.TERM ?? "";
  if (env.NO_COLOR || term === "dumb" || term === "vt100") return "none";
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? "")) return "true";
  if (env.WT_SESSION || /kitty|ghostty|alacritty|wezterm|foot|-direct/i.test(term)) return "true";
  return /256/.test(term) || env.TERM_PROGRAM === "Apple_Terminal" ? "256" : "16";
};

/** The parameters that switch to a colour, e.g. `38;2;255;0;0`. `base` is 30 or 40. */
export const colourCode = (rgb: number, depth: Depth, base: 30 | 40): string => {
  if (rgb < 0) return `${base + 9}`;
  if (depth === "true") return `${base + 8};2;${rgb >> 16};${(rgb >> 8) & 255};${rgb & 255}`;
  if (depth === "256") return `${base + 8};5;${to256(rgb)}`;
  const index = base === 30 ? to16(rgb) : to16Ground(rgb);
  return `${index < 8 ? base + index : base + 52 + index}`;
};

const cached = (make: (rgb: number) => number): ((rgb: number) => number) => {
  const known = new Map<number, number>();
  return (rgb) => {
    const before = known.get(rgb);
    if (before !== undefined) return before;
    const value = make(rgb);
    if (known.size > 8192) known.clear();
    known.set(rgb, value);
    return value;
  };
};

const CUBE = [0, 95, 135, 175, 215, 255] as const;
const cubeStep = (value: number): number =>
  value < 48 ? 0 : value < 115 ? 1 : ((value - 35) / 40) | 0;

/** Nearest of xterm's 6x6x6 cube and its greys. */
export const to256 = cached((rgb) => {
  const r = cubeStep(rgb >> 16);
  const g = cubeStep((rgb >> 8) & 255);
  const b = cubeStep(rgb & 255);
  const mean = ((rgb >> 16) + ((rgb >> 8) & 255) + (rgb & 255)) / 3;
  const grey = Math.max(0, Math.min(23, Math.round((mean - 8) / 10)));
  const level = 8 + grey * 10;
  const cube = (CUBE[r]! << 16) | (CUBE[g]! << 8) | CUBE[b]!;
  const isGrey = distance(rgb, (level << 16) | (level << 8) | level) < distance(rgb, cube);
  return isGrey ? 232 + grey : 16 + 36 * r + 6 * g + b;
});

/** The sixteen as xterm shows them. */
export const SIXTEEN = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
  0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
] as const;

/** Hue first, then how light; never black, so that nothing drawn vanishes. */
export const to16 = cached((rgb) => {
  const r = rgb >> 16;
  const g = (rgb >> 8) & 255;
  const b = rgb & 255;
  const top = Math.max(r, g, b);
  if (top - Math.min(r, g, b) < 40) return top < 100 ? 8 : top < 225 ? 7 : 15;
  const bit = (value: number): number => (value > top * 0.62 ? 1 : 0);
  const hue = bit(r) | (bit(g) << 1) | (bit(b) << 2);
  return top < 80 ? 8 : top > 190 ? hue + 8 : hue;
});

/** Backgrounds are tints: dark ones are best left black. */
const to16Ground = (rgb: number): number => {
  const top = Math.max(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
  return top < 80 ? 0 : to16(rgb) % 8;
};

const distance = (a: number, b: number): number => {
  const r = (a >> 16) - (b >> 16);
  const g = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return r * r + g * g + blue * blue;
};
