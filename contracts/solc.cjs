#!/usr/bin/env node
// The npm solc (wasm) behind the two calls forge makes of a compiler: --version, and standard JSON on stdin.
const { readFileSync } = require('node:fs');
const solc = require('solc');
const isVersionAsked = process.argv.includes('--version');
process.stdout.write(isVersionAsked ? `solc\nVersion: ${solc.version()}\n` : solc.compile(readFileSync(0, 'utf8')));
