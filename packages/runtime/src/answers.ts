import { type Call, errors, type Result, refuse } from "@underlode/contracts";
import { z } from "zod";

const Wire = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), reason: z.string() }) }),
]);

/** Reads an answer from the wire; one that does not fit the contract is a fault of the server. */
export const parseAnswer = <C extends Call>(
  call: C,
  wire: unknown,
): Result<z.infer<C["answer"]>> => {
  const outer = Wire.safeParse(wire);
  if (!outer.success) return refuse("internal", `bad answer to ${call.pattern}`);
  if (!outer.data.ok) {
    const { code, reason } = outer.data.error;
    return code in errors
      ? refuse(code as keyof typeof errors, reason)
      : refuse("internal", reason);
  }
  const value = call.answer.safeParse(outer.data.value);
  if (!value.success) return refuse("internal", `bad answer to ${call.pattern}`);
  return { ok: true, value: value.data as z.infer<C["answer"]> };
};
