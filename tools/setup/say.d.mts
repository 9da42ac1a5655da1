export declare class Trouble extends Error {
  constructor(problem: string, next?: string, more?: { details?: string; exitCode?: number });
  details: string;
  exitCode: number;
}
export declare function step<T>(
  title: string,
  work: (change: (text: string) => void) => Promise<T> | T,
  options?: { always?: boolean },
): Promise<T>;
export declare function say(text: string): void;
export declare function program(main: () => Promise<void>): Promise<void>;
export declare function seconds(ms: number): string;
