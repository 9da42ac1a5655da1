/** In which way somebody was hit; `by nobody` has actor 0. */
export type How =
  | "blow"
  | "shot"
  | "cleave"
  | "charge"
  | "firebolt"
  | "aimedShot"
  | "backstab"
  | "shatter"
  | "blast"
  | "slam"
  | "fire"
  | "poison"
  | "fall"
  | "trap"
  | "thrown"
  | "split";
