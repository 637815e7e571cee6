import { FLOWERS, MEAN_FLOWER } from '../../web/explorer/model/iris.js'
import { writeHash } from '../../web/explorer/state/hash.js'
import { INITIAL } from '../../web/explorer/state/state.js'

const LONG = `[${Array.from({ length: 150 }, (_, i) => i - 3.25)}]`

/** The states that axe, the 320 px tests and the screenshots cover: a name and a hash for each. */
export const STATES = {
  first: '',
  'pinned and wrong': '#a=[[1,2,2],[3,4,-1]]&b=[[5,6,1],[7,8,x]]&eps=9&pin=dim0:0,2',
  'beat which': '#beat=which',
  'beat names': '#beat=names&dim=-1',
  'beat three': '#beat=three',
  'beat own': '#beat=own&section=inputs',
  adding: '#example=2x3&stage=0.5',
  'multiplying long numbers': '#stage=multiply&a=[[123.456,-0.00123,1e6]]&b=[[1e5],[2],[-98765.4321],[0]]',
  'adding in space': '#example=2x3x4&dim=0,1,2&stage=0.5',
  'a block of long numbers':
    '#stage=multiply&dim=2,0,1&a=[[[123.456,-0.00123,1e6,2]],[[0,0,0,0]]]&b=[[1e5,2,3,4],[2,2,2,2],[-98765.4321,1,1,1]]',
  pairs: '#a=[[[1,2]],[[3,4]]]&b=[[[5,6],[7,8]]]&dim=-1,0',
  'one row': '#a=[[1,2,2]]&b=[[5,6,1],[7,8,3]]',
  'no broadcast': '#a=[[1,2,3]]&b=[[1,2]]&zz=1',
  'wrong eps': '#eps=x&a=[[1,2,3],[4,5,6]]&b=[[1,0,1]]',
  'no such dim': '#dim=0,5&a=[[1,2],[3,4]]',
  'from a card': '#example=2x3&dim=2&card=from-one',
  'teacher link': '#dim=2&code=SciPy&target=[[1,x]]&behaviored=[[2,3],[-1,-1]]&quiz=5',
  'sum of 0': '#a=[[0,0,0],[3,4,-1]]&b=[[5,6,1],[7,8,3]]&code=NumPy&target=[1,0]&behaviored=[[2,0],[-1,0]]&quiz=23',
  'stepping, a zero vector': '#a=[[0,2],[0,-4]]&step=7',
  'summing a long lane': `#a=${LONG}&b=${LONG}&step=4&predicted=0.150.skipped`,
  'predicting a shape': '#a=[[1,2,2],[3,4,-1]]&b=[[5,6,1],[7,8,3]]&predict=0',
  'predicting cells': '#a=[[1,2,2],[3,4,-1]]&b=[[5,6,1],[7,8,3]]&predict=1,cells&predicted=0.2x3.right',
  iris: writeHash({ ...INITIAL, a: FLOWERS, b: MEAN_FLOWER }, INITIAL),
}

/** Those of present mode, for axe and the screenshots. */
export const PRESENTED = {
  presented: '#show=story,collapse&present=story&stage=add',
  'presented question': '#beat=which&show=story,collapse&present=story',
  'presented panels, covered': '#show=story,collapse,panels&present=panels',
  'presented attention': '#show=story,collapse,attention,quiz&present=attention',
}

/** The same state in another language. */
export const inLanguage = (hash, lang) => `${hash || '#'}&lang=${lang}`
