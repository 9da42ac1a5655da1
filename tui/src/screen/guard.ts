const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Whatever ends the process, `restore` runs first and an error's words come after it, so that they
 * are not lost with the alternate screen. Returns the way to take the guard off again.
 */
export const guard = (restore: () => void): (() => void) => {
  const crashed = (cause: unknown): void => {
    restore();
    process.stderr.write(`underlode: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
    process.exit(1);
  };
  const signals = Object.entries(SIGNALS).map(([name, code]) => {
    const heard = (): void => {
      restore();
      process.exit(code);
    };
    process.on(name, heard);
    return [name, heard] as const;
  });
  process.on("exit", restore);
  process.on("uncaughtException", crashed);
  process.on("unhandledRejection", crashed);
  return () => {
    for (const [name, heard] of signals) process.off(name, heard);
    process.off("exit", restore);
    process.off("uncaughtException", crashed);
    process.off("unhandledRejection", crashed);
  };
};
