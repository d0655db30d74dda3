// SPDX-License-Identifier: MIT
// Runs one interop script, or says in one sentence what is missing: node run.mjs SCRIPT [ARGUMENT...]
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [script, ...rest] = process.argv.slice(2);

if (!script) {
    console.error("usage: node run.mjs SCRIPT [ARGUMENT...]");
    process.exit(2);
}
for (const name of ["socket.io", "socket.io-client", "socket.io-msgpack-parser"]) {
    if (!existsSync(join(here, "node_modules", name, "package.json"))) {
        console.error(`The npm package ${name} is not installed: run "./dev setup", or "npm ci" in tests/interop.`);
        process.exit(1);
    }
}
process.argv = [process.argv[0], script, ...rest];
await import(pathToFileURL(resolve(here, script)));
