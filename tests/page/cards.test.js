/** The misconceptions: each card says what PyTorch says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { MISCONCEPTIONS, viewsOf } from '../../web/explorer/model/misconceptions.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { hashOf } from '../golden/page.js'

const golden = new Map(
  JSON.parse(readFileSync(new URL('../golden/page.json', import.meta.url), 'utf8')).code.map(({ hash, answers }) => [
    hash,
    answers.PyTorch.map(({ text, error }) => text ?? error),
  ]),
)
const answersTo = ({ shown }) => golden.get(hashOf(shown))

/** What the plain example of a card has, a square along dim=1. */
const plainly = golden.get('#dim=0,1')[1]

/** The results for dim=0 and dim=1 of the page's first matrices. */
const SEED = ['tensor([0.9558, 0.9839])', 'tensor([0.9734, 0.9972])']

test('the cards say what PyTorch answers', () => {
  const t = textsIn('en')
  const truths = new Map(MISCONCEPTIONS.map((one) => [one.wrong(t), one.truth(t, viewsOf(one.shown))]))
  assert.equal(truths.size, MISCONCEPTIONS.length)
  const says = (wrong, ...parts) => {
    for (const part of parts) assert.ok(truths.get(wrong)?.includes(part), `${truths.get(wrong)} lacks ${part}`)
  }
  says('dim=0 gives one result for each row.', '`(2, 3)` becomes `(3,)`', '`(2, 3)` becomes `(2,)`')
  says('Two vectors need no dim.', '`(3,)`')
  says('Dims count from 1, so a matrix has dims 1 and 2.', '`(2, 3)`')
  says('The result’s shape will tell me if I used the wrong dim.', '`(2,)`', ...SEED)
  says('N rows with M rows give N × M results.', 'tensor([[0.9734, 0.9676], [0.9987, 0.9972]])')
  says('The axis stays, with size 1.', '`(2, 3)` becomes `(3,)`', '`(1, 3)`')
  says('softmax(x, dim=1) keeps the shape, so this does too.', '`(2, 3)` stays `(2, 3)`', '`(2, 3)` becomes `(2,)`')
  says('A is a vector, so dim=0 is its only axis.', 'A `(3,)` and B `(2, 3)`', '`(3,)`', '`(2,)`')
  says('Nothing but 1 and −1: a perfect match.', '`tensor([ 1., -1., -1.])`', '`tensor([-0.7310])`')
  says('With a zero vector I get nan: 0 / 0.', '`0.0000`')
  const [{ plain }, ...others] = MISCONCEPTIONS.filter(({ plain }) => plain)
  assert.deepEqual(others, [])
  assert.ok(plain)
  const [{ printed, outputs, A, B }] = viewsOf(plain)
  assert.equal(printed, plainly)
  assert.equal(outputs.length, 2)
  assert.equal(A.shape[0] * B.shape[0], 4, 'what one may expect')
  // Everything a card quotes was printed or raised by PyTorch.
  for (const one of MISCONCEPTIONS) {
    const answers = answersTo(one).map((text) => text.replace(/\s+/g, ' '))
    const quoted = truths.get(one.wrong(t))?.match(/`tensor[^`]*`/g) ?? []
    for (const text of quoted) assert.ok(answers.includes(text.slice(1, -1).replace(/\s+/g, ' ')), text)
  }
})
