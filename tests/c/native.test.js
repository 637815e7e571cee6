/** Runs the native tests of the core together with the other tests. */
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

test('the C core, under the sanitizers', () => {
  execFileSync(fileURLToPath(new URL('../../build/native/test-c', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
})
