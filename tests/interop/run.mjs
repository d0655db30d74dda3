// SPDX-License-Identifier: MIT
// Runs one interop script, or says in one sentence what is missing: node run.mjs SCRIPT [ARGUMENT...]
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [script, ...rest] = process.argv.slice(2);

if (!script) {
    console.error("usage: node run.mjs SCRIPT [ARGUMENT...]");
    process.exit(2);
}
process.argv = [process.argv[0], script, ...rest];
try {
    await import(pathToFileURL(resolve(here, script)));
} catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.error(`${error.message}\nIf that is a package of npm, run "./dev setup", or "npm ci" in tests/interop.`);
    process.exit(1);
}
