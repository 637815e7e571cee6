/** Disks that are full: a small file system that only one server sees. */
import assert from 'node:assert/strict'
import { closeSync, openSync, truncateSync, writeSync } from 'node:fs'
import { dying } from './servers.js'

/* Without root it takes a user namespace. */
const UNSHARE = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount']

/** For startServer(): the folder, with what is in it, on a disk of this size. */
export const onSmallDisk =
  (/** @type {string} */ size) => (/** @type {string[]} */ command, /** @type {string} */ folder) => {
    const script = `cp -a "$0" "$0.copy" && mount -t tmpfs -o size=${size},mode=777 tmpfs "$0" &&
      cp -a "$0.copy/." "$0" && rm -r "$0.copy" && exec "$@"`
    return dying('unshare', ...UNSHARE, 'sh', '-c', script, folder, ...command)
  }

/** @param {{ pid: () => number, folder: string }} server on a small disk */
export function diskOf(server) {
  const filler = `/proc/${server.pid()}/root${server.folder}/filler`
  const piece = new Uint8Array(2 ** 16)
  return {
    fill() {
      const file = openSync(filler, 'w')
      const write = () => {
        for (;;) writeSync(file, piece)
      }
      assert.throws(write, { code: 'ENOSPC' })
      closeSync(file)
    },
    empty: () => truncateSync(filler),
  }
}
