import { z } from "zod";
import { Cells, Id, kind, Ms, Name, Percent, Positive } from "./plain.ts";

const deed = z.discriminatedUnion("kind", [
  kind("adds", { to: z.enum(["attack", "defence", "dodge"]) }),
  kind("speeds", { slower: z.boolean(), percent: Positive.optional() }),
  kind("hurts", { everyMs: Ms.min(100), how: z.enum(["fire", "poison"]) }),
  kind("prevents", { what: z.enum(["acting", "walking"]) }),
  kind("exposes", { less: z.boolean() }),
  kind("absorbs", {}),
  kind("lures", {}),
  kind("hides", {}),
  kind("blinds", {}),
  kind("shows", {}),
  kind("scares", {}),
  kind("compels", {}),
  kind("frees", {}),
  kind("covers", { cells: Cells, percent: Percent }),
  kind("kits", {}),
  kind("cures", { effect: Id }),
  kind("bars", { effect: Id }),
  kind("leaves", { effect: Id, lastsMs: Ms }),
  kind("strays", {}),
  kind("senses", { what: z.enum(["monsters", "things"]) }),
  kind("wards", { how: z.enum(["fire", "poison"]) }),
  kind("endsOn", { what: z.enum(["hurt", "striking", "ability"]) }),
]);

export const effect = z.strictObject({
  id: Id,
  name: Name,
  good: z.boolean(),
  stackMax: Positive,
  begins: Name,
  ends: Name,
  does: z.array(deed),
});
