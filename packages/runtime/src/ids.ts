import { randomBytes } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** A fresh random id of 80 bits, one token of a subject. */
export const newId = (): string => [...randomBytes(16)].map((b) => ALPHABET[b & 31]).join("");

/** A secret of 256 bits for tickets and keys. */
export const newSecret = (): string => randomBytes(32).toString("base64url");
