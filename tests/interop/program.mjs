// SPDX-License-Identifier: MIT
// Starts one of our programs and waits for its line "listening on URL".
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const running = new Set();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/**
 * Gives {url, port, stop(), kill()}. stop() asks it to end and expects that it does so in good order, which is also when
 * a sanitizer says what leaked; kill() ends it without a farewell. Both wait until it is gone.
 */
export async function startProgram(path, ...args) {
    const child = spawn(path, args, { stdio: ["ignore", "pipe", "inherit"] });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    const url = await new Promise((resolve, reject) => {
        child.once("error", reject);
        gone.then((code) => reject(new Error(`${path} ended with ${code} before it listened`)));
        createInterface({ input: child.stdout }).on("line", (line) => {
            if (line.startsWith("listening on ")) resolve(line.slice("listening on ".length));
        });
    });
    running.add(child);
    gone.then(() => running.delete(child));
    return {
        url,
        port: Number(new URL(url).port),
        async stop() {
            child.kill("SIGTERM");
            assert.equal(await gone, 0, `${path} did not end in good order`);
        },
        async kill() {
            child.kill("SIGKILL");
            await gone;
        },
    };
}

/** The arguments of the emitter's next event of that name. */
export const once = (emitter, name) => new Promise((resolve) => emitter.once(name, (...args) => resolve(args)));
