import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { Trouble } from "./setup/say.mjs";

/** A whole number that an option takes, and what it is where the option is left out. */
export type Range<U extends number | undefined> = { least: number; most: number; usual: U };

/** Reads the options of a command; mistakes are Trouble with exit code 2 that points to its --help. */
export const optionsOf = (command: string) => {
  const wrong = (problem: string): Trouble =>
    new Trouble(`${problem}.`, `${command} -- --help shows the options.`, { exitCode: 2 });
  return {
    wrong,
    parse: <O extends ParseArgsOptionsConfig>(args: string[], options: O) => {
      try {
        return parseArgs({ args, options }).values;
      } catch (error) {
        throw wrong((error as Error).message.split(". ")[0] ?? "");
      }
    },
    number: <U extends number | undefined>(
      name: string,
      text: string | undefined,
      { least, most, usual }: Range<U>,
    ): number | U => {
      if (text === undefined) return usual;
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= least && value <= most) return value;
      throw wrong(`${name} takes a number from ${least} to ${most}, not "${text}"`);
    },
  };
};

export const TEXT = { type: "string" } as const;
export const FLAG = { type: "boolean" } as const;
