/** The error of a cosine, from sums of exact products in pairs of doubles. */

const SPLITTER = 2 ** 27 + 1

/** Splits a double into two parts whose products are exact (Dekker's split). */
function split(a) {
  const c = SPLITTER * a
  const high = c - (c - a)
  return [high, a - high]
}

/** What rounding a · b to `product` loses. */
function lost(a, b, product) {
  const [ah, al] = split(a)
  const [bh, bl] = split(b)
  return ah * bh - product + ah * bl + al * bh + al * bl
}

/** Σ x·y as [value, carry]. */
function dot(x, y) {
  let value = 0
  let carry = 0
  for (let i = 0; i < x.length; i++) {
    const product = x[i] * y[i]
    const total = value + product
    const ofProduct = total - value
    carry += value - (total - ofProduct) + (product - ofProduct) + lost(x[i], y[i], product)
    value = total
  }
  return [value, carry]
}

/** The vector scaled by a power of two, so that no square overflows and none that matters underflows. */
function scaled(x) {
  let largest = 0
  for (const value of x) largest = Math.max(largest, Math.abs(value))
  const exponent = -Math.floor(Math.log2(largest))
  // In two steps, since a factor above 2^1023 is not a double.
  const [half, rest] = [2 ** Math.trunc(exponent / 2), 2 ** (exponent - Math.trunc(exponent / 2))]
  return Float64Array.from(x, (value) => value * half * rest)
}

/** got − Σxy / √(Σx² · Σy²), far more precisely than a unit of float64. */
export function error(got, x1, x2) {
  const [x, y] = [scaled(x1), scaled(x2)]
  const [d, dCarry] = dot(x, y)
  const [a, aCarry] = dot(x, x)
  const [b, bCarry] = dot(y, y)
  const product = a * b
  const root = Math.sqrt(product)
  const square = root * root
  const rootCarry =
    (product - square - lost(root, root, square) + lost(a, b, product) + aCarry * b + bCarry * a) / (2 * root)
  const cosine = d / root
  const back = cosine * root
  const carry = (d - back - lost(cosine, root, back) + dCarry - cosine * rootCarry) / root
  return got - cosine - carry
}
