/** Writes a picture as a PNG with a palette: half the size of a screenshot, whose colours are nearly all flat. */
import { crc32, deflateSync } from 'node:zlib'

/* The most that an index of one byte can tell apart. */
const MOST = 256

/**
 * @param {import('playwright-core').Page} page a browser, which decodes the picture
 * @param {Buffer} png
 */
export async function indexed(page, png) {
  const { width, height, data } = await pixelsOf(page, png)
  const counts = new Map()
  for (const colour of data) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const palette = [...counts]
    .sort((one, other) => other[1] - one[1] || one[0] - other[0])
    .slice(0, MOST)
    .map(([colour]) => colour)
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]))
  const rows = Buffer.alloc(height * (width + 1))
  for (const [i, colour] of data.entries()) rows[i + Math.floor(i / width) + 1] = places.get(colour)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([...bigEndian(width), ...bigEndian(height), 8, 3, 0, 0, 0])),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/**
 * The pixels of a picture as 0xrrggbb.
 * @param {import('playwright-core').Page} page
 * @param {Buffer} png
 */
export async function pixelsOf(page, png) {
  const { bytes, ...size } = await page.evaluate(async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
    pen.drawImage(image, 0, 0)
    const { data } = pen.getImageData(0, 0, width, height)
    // As text: a million numbers take a browser's protocol minutes.
    const parts = []
    for (let i = 0; i < data.length; i += 8192) parts.push(String.fromCharCode(...data.subarray(i, i + 8192)))
    return { width, height, bytes: btoa(parts.join('')) }
  }, png.toString('base64'))
  const data = Buffer.from(bytes, 'base64')
  return { ...size, data: Array.from({ length: data.length / 4 }, (_, i) => data.readUInt32BE(4 * i) >>> 8) }
}

/** The mean colour of each block of a region. It hardly depends on the typeface. */
export function coarse({ width, data }, part, columns = 48) {
  const block = part.width / columns
  const rows = Math.floor(part.height / block)
  return Array.from({ length: rows * columns }, (_, i) => {
    const [left, top] = [part.x + (i % columns) * block, part.y + Math.floor(i / columns) * block]
    const sums = [0, 0, 0]
    let count = 0
    for (let y = Math.round(top); y < Math.round(top + block); y++)
      for (let x = Math.round(left); x < Math.round(left + block); x++, count++)
        for (const [k, value] of channels(data[y * width + x]).entries()) sums[k] += value
    return sums.map((sum) => sum / count)
  })
}

/** The mean difference of two lists of colours. */
export const differenceOf = (some, others) =>
  some.flatMap((colour, i) => colour.map((value, k) => Math.abs(value - others[i][k]))).reduce((a, b) => a + b, 0) /
  (3 * some.length)

export const channels = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]

function nearest(palette, colour) {
  const own = channels(colour)
  const distances = palette.map((one) => channels(one).reduce((sum, value, i) => sum + (value - own[i]) ** 2, 0))
  return distances.indexOf(Math.min(...distances))
}

const bigEndian = (number) => [24, 16, 8, 0].map((shift) => (number >> shift) & 255)

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data])
  return Buffer.concat([Buffer.from(bigEndian(data.length)), body, Buffer.from(bigEndian(crc32(body)))])
}
