/**
 * Every test of the browsers in one process, as chromium.js and firefox.js run it for theirs: a browser is started once for
 * all files (Firefox takes 8 s of a core to start). Each file runs by itself too, in both. What needs no browser is quick,
 * and runs with either.
 */
import { readdirSync } from 'node:fs'

const here = new URL('.', import.meta.url)
for (const file of readdirSync(here).filter((name) => name.endsWith('.test.js'))) await import(new URL(file, here))
