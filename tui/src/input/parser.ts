import { StringDecoder } from "node:string_decoder";
import { type Input, key } from "./input.ts";
import { readControl, readCsi, readSs3 } from "./sequences.ts";

const PASTE_BEGIN = "\x1b[200~";
const PASTE_END = "\x1b[201~";
/** Longer than any sequence we know; such a thing is not one. */
const SEQUENCE_CHARS_MAX = 64;
const PASTE_CHARS_MAX = 65_536;

/**
 * Terminal input from bytes. Any cutting of the stream into chunks gives the same inputs; what may
 * be the beginning of a sequence waits in `pending` until more comes, or until `flush` is told that
 * nothing does, which makes a lone ESC the Escape key.
 */
export class InputParser {
  readonly #decoder = new StringDecoder("utf8");
  #pending = "";
  /** Text of a paste under way. */
  #paste: string | undefined;

  get waits(): boolean {
    return this.#pending !== "" && this.#paste === undefined;
  }

  push(bytes: Uint8Array): Input[] {
    this.#pending += this.#decoder.write(bytes);
    return this.#read(false);
  }

  flush(): Input[] {
    return this.waits ? this.#read(true) : [];
  }

  #read(whole: boolean): Input[] {
    const inputs: Input[] = [];
    while (this.#pending !== "") {
      const used =
        this.#paste === undefined ? this.#readOne(inputs, whole) : this.#readPaste(inputs);
      if (used === 0) break;
      this.#pending = this.#pending.slice(used);
    }
    return inputs;
  }

  /** Reads one input from the front; 0 when more is needed to know what it is. */
  #readOne(inputs: Input[], whole: boolean): number {
    const text = this.#pending;
    const code = text.codePointAt(0)!;
    if (code === 27) return this.#readEscape(inputs, whole);
    if (code < 32 || code === 127) inputs.push(readControl(code, false));
    else inputs.push(key(String.fromCodePoint(code)));
    return code > 0xffff ? 2 : 1;
  }

  #readEscape(inputs: Input[], whole: boolean): number {
    const text = this.#pending;
    const second = text[1];
    if (second === undefined) {
      if (whole) inputs.push(key("escape"));
      return whole ? 1 : 0;
    }
    if (second === "[") return this.#readCsi(inputs, whole);
    if (second === "O") return readShort(text, inputs, whole);
    // ESC ESC is Escape twice, not alt-Escape, so that impatient fingers get out.
    if (second === "\x1b") {
      inputs.push(key("escape"));
      return 1;
    }
    return readAlt(text, inputs);
  }

  #readCsi(inputs: Input[], whole: boolean): number {
    const text = this.#pending;
    if (text.startsWith(PASTE_BEGIN)) {
      this.#paste = "";
      return PASTE_BEGIN.length;
    }
    // The Linux console sends F1 to F5 as CSI [ A to E.
    let end = text[2] === "[" ? 3 : 2;
    while (end < text.length && isParameter(text.charCodeAt(end))) end += 1;
    if (end >= text.length && end < SEQUENCE_CHARS_MAX) {
      if (whole) inputs.push(key("[", { alt: true }));
      return whole ? 2 : 0;
    }
    if (end >= SEQUENCE_CHARS_MAX) return SEQUENCE_CHARS_MAX;
    const code = text.charCodeAt(end);
    // A sequence cut short by another or by a control: drop it and read on.
    if (code < 0x40 || code > 0x7e) return end;
    const input = text[2] === "[" ? undefined : readCsi(text.slice(2, end), text[end]!);
    if (input) inputs.push(input);
    return end + 1;
  }

  #readPaste(inputs: Input[]): number {
    const text = this.#pending;
    const end = text.indexOf(PASTE_END);
    if (end === -1) {
      // What may be the beginning of the end waits.
      const kept = overlap(text, PASTE_END);
      this.#take(text.slice(0, text.length - kept));
      return text.length - kept;
    }
    this.#take(text.slice(0, end));
    inputs.push({ type: "paste", text: this.#paste! });
    this.#paste = undefined;
    return end + PASTE_END.length;
  }

  #take(text: string): void {
    this.#paste = (this.#paste! + text).slice(0, PASTE_CHARS_MAX);
  }
}

const isParameter = (code: number): boolean => code >= 0x20 && code <= 0x3f;

const readShort = (text: string, inputs: Input[], whole: boolean): number => {
  if (text.length < 3) {
    if (whole) inputs.push(key("O", { alt: true }));
    return whole ? 2 : 0;
  }
  const input = readSs3(text[2]!);
  inputs.push(input ?? key("O", { alt: true }));
  return input ? 3 : 2;
};

const readAlt = (text: string, inputs: Input[]): number => {
  const code = text.codePointAt(1)!;
  if (code < 32 || code === 127) inputs.push(readControl(code, true));
  else inputs.push(key(String.fromCodePoint(code), { alt: true }));
  return code > 0xffff ? 3 : 2;
};

/** Length of the longest end of `text` that `word` begins with. */
const overlap = (text: string, word: string): number => {
  for (let length = Math.min(text.length, word.length - 1); length > 0; length--) {
    if (text.endsWith(word.slice(0, length))) return length;
  }
  return 0;
};
