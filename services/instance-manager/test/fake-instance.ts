/** An instance process that does what the name of its game says, to see how its manager takes it. */
type Word = { order: string; instance?: string; start?: { game: string } };

const report = (word: object): void => void process.send?.(word);
const started = (instance: string | undefined) => ({
  ...{ report: "started", instance, epoch: 1, tick: 0, replayed: 0 },
});
const end = (instance: string | undefined) =>
  report({
    report: "ended",
    instance,
    end: { instance, outcome: "victory", summary: { floor: 3 } },
  });

const games: Record<string, (instance: string | undefined) => void> = {
  runs: (instance) => report(started(instance)),
  refuses: () => report({ report: "refused", words: "the stars are wrong" }),
  diesAtOnce: () => process.exit(3),
  diesRunning: (instance) => {
    report(started(instance));
    setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);
  },
  diesAsItStarts: (instance) => process.send?.(started(instance), () => process.exit(4)),
  wins: (instance) => {
    report(started(instance));
    setTimeout(() => {
      end(instance);
      setTimeout(() => process.exit(0), 10);
    }, 20);
  },
  talksNonsense: (instance) => {
    report({ report: "gossip", words: 7 });
    report(started(instance));
  },
  isSlow: (instance) => void setTimeout(() => report(started(instance)), 300),
};

const recover = (instance: string | undefined): void => {
  const cannot = process.env.CANNOT_RECOVER;
  if (cannot !== undefined) {
    const kept = cannot === "kept";
    return report({ report: "refused", words: "the stars have moved", final: true, kept });
  }
  games[process.env.DIES_AGAIN === "1" ? "diesRunning" : "runs"]?.(instance);
};

if (process.env.REFUSES_WARMTH === "1") {
  report({ report: "refused", words: "the content is unsound" });
  process.exit(1);
}
let running: string | undefined;
process.on("message", ({ order, instance, start }: Word) => {
  running = instance ?? running;
  if (order === "stop" && process.env.ENDS_BY_RULE === "1") {
    const end = { instance: running, outcome: "abandoned", summary: { floor: 3 } };
    return void process.send?.({ report: "ended", instance: running, end }, () => process.exit(0));
  }
  if (order === "stop") process.exit(0);
  if (order === "suspend")
    return void process.send?.({ report: "suspended", instance: "i" }, () => process.exit(0));
  if (order === "recover") return recover(instance);
  games[start?.game ?? ""]?.(instance);
});
process.on("disconnect", () => process.exit(0));
report({ report: "warm" });
