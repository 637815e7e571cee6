/** The address of the picture that is shown beside a link to the page: crawlers want a whole one, a file has none. */

const PICTURE = '<meta property="og:image" content="picture.png" />'

/**
 * @param {string} html the page
 * @param {string} [site] the folder where it is published
 */
export function published(html, site) {
  if (!html.includes(PICTURE)) throw new Error(`web/index.html should have ${PICTURE}`)
  if (!site) return html
  const folder = new URL(site.replace(/\/?$/, '/'))
  const url = `<meta property="og:url" content="${folder}" />`
  return html.replace(
    PICTURE,
    () => `${url}\n    ${PICTURE.replace('picture.png', `${new URL('picture.png', folder)}`)}`,
  )
}

/** @param {string} html */
export const unpictured = (html) => html.replace(/\s*<meta\s+property="og:(?:image|url)[^>]*\/>/g, '')
