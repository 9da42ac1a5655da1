/** One thing wrong in the data: in which file, at which field, and why. */
export type Mistake = { readonly file: string; readonly path: string; readonly reason: string };

/** Refuses to start with unsound content; the message lists every mistake, one to a line. */
export class ContentError extends Error {
  readonly code = "content_unsound";
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const lines = mistakes.map(({ file, path, reason }) =>
      path === "" ? `  ${file}: ${reason}` : `  ${file}: ${path}: ${reason}`,
    );
    const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
    super(`The game's content has ${count}:\n${lines.join("\n")}`);
    this.name = "ContentError";
    this.mistakes = mistakes;
  }
}
