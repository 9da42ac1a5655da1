import { runService } from "@underlode/runtime";
import { PersistenceConfig, start } from "./service.ts";

await runService({ name: "persistence", config: PersistenceConfig, start });
