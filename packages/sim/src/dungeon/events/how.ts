/** In which way somebody was hit; `by nobody` has actor 0. */
export type How =
  | "blow"
  | "shot"
  | "cleave"
  | "charge"
  | "firebolt"
  | "frostNova"
  | "lightning"
  | "aimedShot"
  | "backstab"
  | "venom"
  | "shatter"
  | "toxic"
  | "anvil"
  | "blast"
  | "slam"
  | "fire"
  | "poison"
  | "fall"
  | "lava"
  | "water"
  | "current"
  | "trap"
  | "rocks"
  | "thrown"
  | "split"
  | "bolt"
  | "rush"
  | "thorns"
  | "reflected"
  /** By a wand, and by what a runic does. */
  | "zap"
  | "runic";

const DIRECT = new Set<How>([
  ...(["blow", "shot", "cleave", "charge", "firebolt", "frostNova"] as const),
  ...(["lightning", "aimedShot", "backstab", "venom", "thrown", "zap"] as const),
]);
const MAGIC = new Set<How>(["firebolt", "frostNova", "lightning"]);

/** By somebody's own hand or word, not by what it set going. */
export function isDirect(how: How): boolean {
  return DIRECT.has(how);
}

/** By magic, which grows with the spell lines of gear. */
export function isMagic(how: How): boolean {
  return MAGIC.has(how);
}

/** What nobody's hand did, as a cause of death; what is not here is called as it is. */
const CAUSES: Partial<Record<How, string>> = {
  blast: "a blast",
  fall: "a fall",
  water: "deep water",
  current: "lightning in water",
  trap: "a trap",
  rocks: "falling rock",
  shatter: "splinters",
  toxic: "a burst of venom",
};

export function causeOf(how: How): string {
  return CAUSES[how] ?? how;
}
