/** A module under test that requires the package, where the test imports it. */
const { cosineSimilarity } = require('cosdim')

exports.perRow = (a, b) => cosineSimilarity(a, b)
