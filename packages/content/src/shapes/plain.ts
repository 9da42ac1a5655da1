import { z } from "zod";

/** What the fields of all files are made of. */
export const Id = z.string().regex(/^[a-z][a-z0-9-]*$/, "ids are lower-case words with hyphens");
export const Name = z.string().min(1);
export const Glyph = z.string().refine((text) => [...text].length === 1, "one character");
export const Colour = z.string().regex(/^#[0-9a-f]{6}$/, "a colour is #rrggbb in lower case");
export const Percent = z.number().int().min(0).max(100);
export const Count = z.number().int().min(0);
export const Positive = z.number().int().min(1);
export const Ms = z.number().int().min(0).max(600_000);
export const Cells = z.number().int().min(1).max(40);
export const Light = z.number().int().min(0).max(7);

const Want = z.number().int().min(-200).max(200).optional();
/** Weights of ore properties. */
export const Wants = z.strictObject({
  hardness: Want,
  conductivity: Want,
  malleability: Want,
  purity: Want,
  density: Want,
});

export const Dose = z.strictObject({ effect: Id, power: Positive, lastsMs: Ms });

/** One of the forms of a list, told apart by `kind`. */
export const kind = <K extends string, S extends z.core.$ZodLooseShape>(name: K, parts: S) =>
  z.strictObject({ kind: z.literal(name), ...parts });
