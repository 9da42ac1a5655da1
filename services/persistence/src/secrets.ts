import { createHash, randomBytes } from "node:crypto";

/** No letter that reads like another; 32 of them, so that five bits of a byte choose one evenly. */
const ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789";
const ID_CHARS = 16;
const TOKEN_BYTES = 32;

const draw = (chars: number): string =>
  Array.from(randomBytes(chars), (byte) => ALPHABET[byte & 31]).join("");

/** An id that nobody can guess: 80 bits. */
export const newId = (): string => draw(ID_CHARS);

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");
export const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** A name for somebody who gave none, e.g. `Delver-7KQ2`. */
export const drawName = (chars: number): string => `Delver-${draw(chars).toUpperCase()}`;
