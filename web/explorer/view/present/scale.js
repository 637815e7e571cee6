/** One layout for every window: a stage of fixed height in type, which the window enlarges. */

/* In rem, each more than 2.5 % of the height. In a narrower window the stage is taller. */
const STAGE = { width: 56.25, height: 39.375 }
/* A smaller window, in pixels, is no stage: it shows what a phone does. */
const LEAST = { width: 768, height: 480 }

/** Until the dialog leaves the page. @param {HTMLElement} dialog */
export function fitToWindow(dialog) {
  function fit() {
    const isStage = innerWidth >= LEAST.width && innerHeight >= LEAST.height
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    const zoom = isStage ? Math.min(innerWidth / STAGE.width, innerHeight / STAGE.height) / rem : 1
    dialog.style.setProperty('zoom', `${zoom}`)
    dialog.toggleAttribute('data-stage', isStage)
  }
  addEventListener('resize', function resized() {
    if (dialog.isConnected) fit()
    else removeEventListener('resize', resized)
  })
  fit()
}
