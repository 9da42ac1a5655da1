export { PersistenceConfig, start } from "./service.ts";
