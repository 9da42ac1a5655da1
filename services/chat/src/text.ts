import { ok, type Result, refuse, TEXT_CHARS_MAX } from "@underlode/contracts";

/** Line ends and tabs come with pasted text and are meant as a space. */
const SPACES = /[\p{White_Space}]+/gu;
/**
 * What shows nothing: direction overrides, zero-width characters, variation selectors, tags,
 * fillers, annotations. They only serve to look like somebody else or to hide words.
 */
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u{fff9}-\u{fffb}]/gu;
/** C0, C1 and halves of surrogate pairs: nobody types them, terminals obey them. */
const FORBIDDEN = /[\p{Cc}\p{Cs}]/u;

/**
 * A text as everybody may be shown it: in NFC, on one line, 1 to `TEXT_CHARS_MAX` characters, with
 * nothing in it that is invisible. Refuses control characters.
 */
export const readText = (raw: string): Result<string> => {
  const spaced = raw.replace(SPACES, " ");
  if (FORBIDDEN.test(spaced)) return refuse("bad-text");
  const text = spaced.replace(INVISIBLE, "").normalize("NFC").replace(SPACES, " ").trim();
  const chars = [...text].length;
  return chars >= 1 && chars <= TEXT_CHARS_MAX ? ok(text) : refuse("bad-text");
};
