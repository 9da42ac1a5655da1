import { z } from "zod";
import { Colour, Count, Id, Ms, Name, Positive, Wants } from "./plain.ts";

export const playerClass = z.strictObject({
  id: Id,
  name: Name,
  colour: Colour,
  hp: Positive,
  attack: Count,
  defence: Count,
  resource: z.strictObject({
    name: z.enum(["stamina", "mana", "focus", "energy"]),
    max: Positive,
    everyMs: Ms,
  }),
  healEveryMs: Ms,
  starts: z.array(Id),
  bears: Count,
  wants: Wants,
});
