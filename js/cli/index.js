#!/usr/bin/env node
/** The command `cosdim`. */
import { main } from './main.js'

process.exit(await main(process.argv.slice(2))) // standard input may go on
