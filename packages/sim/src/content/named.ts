/** Ids and kinds of content that rules speak of by name; content without them is refused. */
export const NAMED = {
  /** What a falling rock does, and a statue's wrath. */
  effects: ["stunned"],
  /** What spells and bottles bring about. */
  substances: ["fire", "ice", "sparks"],
  /** What the run is about. */
  relics: ["heartlode"],
  /** What trials and treasures are built of. */
  fixtures: ["lever", "lock", "statue", "forge"],
} as const;
