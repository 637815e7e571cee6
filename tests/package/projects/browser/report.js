/** A page tells in its title how it went. */
export async function report(work) {
  try {
    document.title = `passed: ${await work()}`
  } catch (error) {
    document.title = `failed: ${error} ${error?.stack ?? ''}`
  }
}
