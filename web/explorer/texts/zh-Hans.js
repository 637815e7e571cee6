/** 简体中文。行 is a row and 列 a column, as in mainland China; in Taiwan it is the other way round. */

const minus = (dim) => `${dim}`.replace('-', '−')
/** 某个轴上的几个：最后一列 */
const some = (which, axis, rank) =>
  rank === 2 ? `${which}${['行', '列'][axis]}` : rank === 1 ? `${which}个数` : `轴 ${axis} 的${which}个取值`

/** 被比较的两个向量。 */
const partners = (axis, rank, index) =>
  rank === 1
    ? 'A 对 B'
    : rank === 2
      ? `A 的第 ${index} ${['列', '行'][axis]}对 B 的第 ${index} ${['列', '行'][axis]}`
      : `A${lane(axis, index)} 对 B${lane(axis, index)}`
const lane = (axis, index) => `[${[...index.slice(0, axis), ':', ...index.slice(axis)].join(', ')}]`

const named = (dims) => dims.map((dim) => `\`dim=${dim}\``).join(' 或 ')

/** 三个轴的方块里，每个轴数的是什么。 */
const LAYERS = ['层', '行', '列']
const axisName = (axis) => `轴 ${axis}（${LAYERS[axis]}）`
const counted = (axis, rank) => (rank === 1 ? '个数' : LAYERS[axis + 3 - rank])

/** 怎样改变一个轴。 */
const fitted = ({ kind, axis, rank, count }) =>
  ({
    added: `重复${some('最后一', axis, rank)}`,
    cut: `去掉${some(count === 1 ? '最后一' : `最后 ${count} `, axis, rank)}`,
    new: `沿轴 ${axis} 整体重复`,
    gone: `只留${some('第一', axis, rank)}`,
  })[kind]

/** 切片。哪个下标在变化，全靠冒号表示。 */
function sliceSpoken(operand, inside) {
  const parts = inside.split(', ')
  const [rank, runs] = [parts.length, parts.indexOf(':')]
  const of = operand ? `${operand} 的` : ''
  if (rank > 3) return `${of}下标 ${parts.map((part) => (part === ':' ? '全部' : part)).join('、')}`
  const name = (part, axis) => `第 ${part} ${rank === 1 ? '个数' : counted(axis, rank)}`
  const rest = parts.flatMap((part, axis) => (axis === runs ? [] : name(part, axis))).join('、')
  if (runs < 0 || rank === 2) return `${of}${rest}`
  return rank === 1 ? `${of}每个数` : `${of}${rest}上的每一${counted(runs, rank)}`
}

/* 读屏软件略过或按符号念的，改成文字。前面的规则先处理后面不该碰的。 */
const SPOKEN = /** @type {[RegExp, any][]} */ ([
  [/([A-Z]?)\[((?:\d+|:)(?:, (?:\d+|:))*)\]/g, (_, operand, inside) => sliceSpoken(operand, inside)],
  [/‖(\w)‖/g, '$1 的模长'],
  [/max\(([^()]*), ([^()]*)\)/g, '$1 与 $2 中较大的'],
  [/\((−[^()]*)\)/g, '$1'],
  [/√\(([^()]*)\)|√([\w.+-]+)/g, (_, sum, one) => `根号下 ${sum ?? one}`],
  [/Σ ([^/]*?)(?= \/|$)/g, '$1 的总和'],
  [/ \/ \(([^()]*) · ([^()]*)\)/g, '，除以 $1 与 $2 的积'],
  [/²/g, ' 的平方'],
  [/ ?· ?/g, ' 乘 '],
  [/ \+ /g, ' 加 '],
  [/ = /g, ' 等于 '],
  [/−(?=\d)/g, '负 '],
  [/ \/ /g, '，或 '],
  [/沿 → 方向/g, '向右'],
  [/沿 ↓ 方向/g, '向下'],
  [/[\s\u00a0]*[→↓]/g, ''],
])

const WAYS = { right: '沿 → 方向', down: '沿 ↓ 方向', deep: '逐块' }

export default {
  'failure.fixed': '下面的数字是固定的示例，不能修改。',
  'failure.none': '这个互动示例无法在这里使用。',
  'failure.noWebAssembly':
    '这个浏览器关闭了 WebAssembly，或者没有它，因此无法计算。如果开启了 Safari 的锁定模式或 Edge 的增强安全性，请在浏览器设置中把本网站设为例外；如果都没有开启，请更新浏览器。学校或单位的设备，请联系管理员。',
  'failure.tooOld': '这个浏览器或这台设备太旧。请更新浏览器，最低版本是 Chrome 或 Edge 91、Firefox 101、Safari 16.4。',
  'failure.forbidden':
    "你的浏览器没有问题。本网站的安全策略禁止计算，只有网站的管理者能够更改：在 `Content-Security-Policy` 的 `script-src` 中加上 `'wasm-unsafe-eval'`。",
  'failure.noMemory': '内存不足。请关闭其他标签页或程序，然后重新加载页面。',
  'failure.unknown': (reason) =>
    `它无法在这个浏览器里启动。最低版本是 Chrome 或 Edge 91、Firefox 101、Safari 16.4。（${reason}）`,

  spoken: (text) => SPOKEN.reduce((now, [sign, words]) => now.replace(sign, words), text),
  'spoken.becomes': '变成',
  'spoken.shape': (sizes) =>
    sizes.length === 1 ? `一列 ${sizes[0]} 个数` : sizes.length ? sizes.join(' 乘 ') : '单个数',

  'lane.name': (axis, rank, index) =>
    rank === 2 ? `第\u00a0${index}\u00a0${['列', '行'][axis]} ${['↓', '→'][axis]}` : lane(axis, index),

  'link.complaint': (name, reason) => `链接中有一部分无法识别。${name}：${reason}`,
  'link.escape': '其中的 % 不是有效的转义。',
  'link.noValue': '缺少值。',
  'link.whole': (text) => `“${text}”不是整数。`,
  'link.tooLarge': (text, most) => `“${text}”太大，最大是 ${most}。`,
  'link.tooSmall': (text, least) => `“${text}”太小，最小是 ${least}。`,
  'link.tooLong': (text, most) => `“${text}”超过了 ${most} 个字符。`,
  'link.example': (text, names) => `没有名为“${text}”的示例，可用的有 ${names.join('、')}。`,
  'link.card': (text, names) => `没有名为“${text}”的卡片，可用的有 ${names.join('、')}。`,
  'link.beat': (text, names) => `没有“${text}”这一步，可用的有 ${names.join('、')}。`,
  'link.key': (text) => `“${text}”既不是输出，也不是单元格。`,
  'link.stage': (text, names) => `没有“${text}”这一步，可用的有 ${names.join('、')}，或 0 到 1 之间的数。`,
  'link.predict': (text) => `“${text}”不是有效的预测。`,
  'link.language': (text) => `本页没有“${text}”这种语言，可用的有 en 和 zh-Hans。`,
  'link.library': (text, names) => `没有“${text}”的代码，可选的有 ${names.join('、')}。`,
  'link.section': (texts, names) => `没有名为“${texts.join('、')}”的部分，可用的有 ${names.join('、')}。`,
  'link.dims': (count, most) => `列出了 ${count} 个 dim，最多只能并排显示 ${most} 个。`,
  'link.replaced': (name, others) =>
    `没有起作用，因为${others.includes(name) ? '后面又' : '还'}给出了 ${others.join(' 和 ')}。`,
  'link.name': (names) => `未知的参数，可用的有 ${names.join('、')}。`,

  'attribute.complaint': (name, reason) => `属性 ${name}：${reason}`,

  'tensor.ragged': '各行的个数不一样。',
  'tensor.tooDeep': (most) => `轴超过 ${most} 个，画不出来。`,
  'tensor.tooMany': (most) => `数字超过 ${most} 个，太多了，画不出来。`,
  'tensor.brackets': '方括号不配对。',
  'tensor.unclosed': '这里或前面缺少右方括号 ]。',

  'number.empty': '是空的，请填一个数。',
  'number.comma': (text, meant) => `是“${text}”，请写成 ${meant.join(' 或 ')}。`,
  'number.none': (text) => `是“${text}”，这不是数。`,
  'number.tooLarge': (text) => `是“${text}”，超出了 float32 的范围（最大约 3.4e38）。`,
  'eps.tooLarge': (text) => `是“${text}”，这个数太大了。`,
  'eps.refused': (reason) => `不能小于 0，请填 0 或正数。PyTorch 的报错：“${reason}”。`,
  'eps.hint': '范数小于 eps 时，用 eps 代替',
  'field.wrong': (name, problem) => `${name} ${problem}`,
  'field.restore': (good) => `上一个有效值是 ${good}，按 Esc 恢复。`,

  'angles.heading': '夹角',
  'angles.lead':
    '每个结果背后有两个箭头，一个来自 A，一个来自 B；结果就是它们夹角的余弦：方向相同是 *1*，垂直是 *0*，方向相反是 *−1*。箭头多长没有关系，只看方向。',
  'angles.exact': '两个数就是一个箭头：第一个数向右，第二个数向上。',
  'angles.move': '移动箭头的尖端，单元格里的数随之改变。',
  'angles.plane': (count) =>
    count === 1
      ? '一个数是直线上的箭头：两个箭头要么同向，要么反向。'
      : `${count} 个数的箭头，画在两者张成的平面里：模长和夹角都是真实的。`,
  'angles.none': '没有夹角',
  'angles.left': (count) => `还有 ${count} 个没有画出。在上面固定一个，就能在这里看到。`,
  'angles.tip': (name, lane, cell, axis) => `${lane} 中 ${name} 的尖端，${['向右', '向上'][axis]}：${cell}`,
  'angles.zero': (names, cosine) => `${names.join(' 和 ')} 的模长为 0，没有方向，因此没有夹角，cos 是 ${cosine}。`,
  'angles.clamped': (names, eps) =>
    `${names.join(' 和 ')} 比 eps = ${eps} 短，模长按 eps 计算：结果比夹角的余弦更接近 0。`,

  'attention.heading': '一个目标与多个向量',
  'attention.lead':
    '像 `get_att_dis(target, behaviored)` 这样的函数，把 `target` 与 `behaviored` 的每一行比较，再把相似度变成占比：除以它们的总和。另一种做法是 `softmax`。',
  'attention.examples': '示例',
  'attention.first': '三行都相近',
  'attention.opposite': '有一行方向相反',
  'attention.cancelling': '总和为 0',
  'attention.zero': '目标是零向量',
  'attention.caption': '每一行与目标的相似度，以及所占的份额',
  'attention.row': '行',
  'attention.rowName': 'behaviored',
  'attention.bySum': '`cos` / 总和',
  'attention.total': '总和',
  'attention.fine': '两种占比的总和都是 1。但只有没有负数时，它们才是概率：除以总和保证不了这一点，`softmax` 可以。',
  'attention.negative':
    '除以总和得到的占比加起来仍是 1，但*小于 0 的数不是概率*：除以总和不会把负的相似度变成正数。而 `softmax` 的每个占比都是正数。',
  'attention.turned':
    '总和小于 0，除以它会把*顺序颠倒*：最不相似的一行反而占比最大。用 `softmax`，不论正负，占比最大的总是最相似的一行。',
  'attention.notFinite': '数中有 `nan` 或 `inf`，所有份额就都是 `nan`，与 PyTorch 相同。',
  'attention.sumZero':
    '相似度的总和是 0。除以 0 得到 `inf`，0 / 0 则是 `nan`，与 PyTorch 相同。改用 `softmax` 就没有这个问题：它的分母不会是 0。',
  'attention.allZero':
    '每个相似度都是 0，所以除以总和就是 0 / 0，得到 `nan`，与 PyTorch 相同。改用 `softmax` 就没有这个问题：相似度相等，占比也相等。',
  'attention.stale': '这是出错的输入之前的最后一组有效占比。',
  'attention.shapes': (target, behaviored) =>
    `target 的形状是 ${target}，behaviored 的形状是 ${behaviored}。它们应当是 (1, D) 和 (N, D)，且 D 相同。`,
  'attention.said': (sum, softmax) => `除以总和的占比：${sum}；softmax 的占比：${softmax}`,

  'cards.heading': '常见的误解',
  'cards.quoted': (idea) => `“${idea}”`,
  'cards.see': '到上面看',
  'cards.try': '再试试：',
  'cards.back': '回到卡片',
  'cards.addAxis': '加一个轴',
  'cards.take': (shape) => `换成 ${shape}`,
  'cards.rowsWrong': 'dim=0 就是每一行得到一个结果。',
  'cards.rows': (shape, down, right) =>
    `\`dim=0\` 指沿 ↓ 方向*压掉*、随后消失的那个轴：\`${shape}\` 变成 \`${down}\`，每一列得到一个结果。要每一行得到一个结果，用 \`dim=1\`：\`${shape}\` 变成 \`${right}\`。`,
  'cards.vectorWrong': '两个向量不需要写 dim。',
  'cards.vector': (shape) => `默认是 \`dim=1\`，而形状为 \`${shape}\` 的向量只有轴 0，要写 \`dim=0\` 或 \`dim=-1\`。`,
  'cards.fromOneWrong': 'dim 从 1 数起，矩阵有 dim 1 和 dim 2。',
  'cards.fromOne': (shape) =>
    `dim 从 0 数起，或从 −1 倒着数。\`${shape}\` 有 \`dim=0\`（即 −2）和 \`dim=1\`（即 −1）。`,
  'cards.squareWrong': '如果 dim 写错了，看结果的形状就知道。',
  'cards.square': (shape, down, right) =>
    `方阵就看不出来：两个 dim 的结果形状都是 \`${shape}\`，dim 为 0 时是 \`${down}\`，为 1 时是 \`${right}\`。请换一个两个轴大小不同的形状。`,
  'cards.pairsWrong': 'A 有 N 行，B 有 M 行，就有 N × M 个结果。',
  'cards.pairs': (a, b, result) =>
    `每一行只与编号相同的那一行比较：0 对 0，1 对 1。要两两组合，写 \`A[:, None]\` 和 \`B[None]\`：\`${a}\` 与 \`${b}\` 沿 \`dim=-1\` 得到 \`${result}\`。`,
  'cards.count': (count, claimed) => `得到 ${count} 个结果，不是 ${claimed} 个。`,
  'cards.keepdimWrong': '结果里这个轴还在，只是大小变成 1。',
  'cards.keepdim': (shape, result, kept) =>
    `它消失了：沿 \`dim=0\`，\`${shape}\` 变成 \`${result}\`。这个函数没有 \`keepdim=True\`（否则会是 \`${kept}\`）；要把轴加回来，用 \`.unsqueeze(0)\`。`,
  'cards.softmaxWrong': 'softmax(x, dim=1) 的形状不变，所以这里也不变。',
  'cards.softmax': (shape, result) =>
    `\`softmax\` 让沿 \`dim\` 的数加起来等于 1，并且全部返回：\`${shape}\` 还是 \`${shape}\`。\`cosine_similarity\` 只由它们得出一个数：\`${shape}\` 变成 \`${result}\`。`,
  'cards.ownWrong': 'A 是向量，所以 dim=0 就是它唯一的轴。',
  'cards.own': (a, b, common, first, second) =>
    `A \`${a}\` 与 B \`${b}\` 先广播成 \`${common}\`，\`dim\` 按它来数。\`dim=0\` 是 A 没有的那个轴，得到 \`${first}\`；A 自己的轴是 \`dim=1\`，得到 \`${second}\`。`,
  'cards.lengthOneWrong': '结果全是 1 和 −1，说明完全匹配。',
  'cards.lengthOne': (shape, result, meant) =>
    `沿大小为 1 的轴，每个向量只有一个数，方向要么相同，要么相反：\`${shape}\` 沿 \`dim=0\` 得到 \`${result}\`。沿 \`dim=1\` 才是 \`${meant}\`。`,
  'cards.zeroWrong': '有零向量，结果就是 nan：0 / 0。',
  'cards.zero': (norm1, norm2, result) =>
    `每个范数至少按 \`eps\` 计算。所以点积 0 除以的是 \`${norm1} · ${norm2}\`，而不是 0，结果是 \`${result}\`。只有 \`eps=0\` 时才是 \`nan\`。`,

  'code.heading': '对应的代码',
  'code.library': '库',
  'code.copy': '复制代码',
  'code.copied': '代码已复制。',
  'code.notCopied': '浏览器不允许复制。代码已选中，请按 Ctrl+C 或 ⌘C。',
  'code.note': (library) =>
    ({
      PyTorch: '与页面上显示的完全一致。',
      NumPy: 'NumPy 没有余弦相似度函数，这里把定义写了出来。',
      SciPy: 'SciPy 一次比较两个向量，冒号所在的位置就是消失的轴。',
      cosdim: '`npm install cosdim`：本页就是用它计算的。',
    })[library],
  'code.overflow': 'PyTorch 用 float32 求平方，这些数会上溢或下溢，结果与屏幕上的不同。',
  'code.noEps': 'SciPy 没有 `eps`，而这里正是 `eps` 起了作用：它的结果会不同，遇到零向量则是 `nan`。',

  'collapse.heading': '消失的轴',
  'collapse.invite': '选一个方框里的大小，它就消失。',
  'collapse.back': '两个 dim 并排看',
  'collapse.sizes': (shape) => `让 ${shape} 中的哪个数消失`,
  'collapse.size': (dim, negative, size) => `dim ${dim}（或 ${minus(negative)}），大小 ${size}`,
  'collapse.names': (dim, negative) => `${dim} 或\u00a0${negative}`,
  'collapse.vector': 'A 和 B',
  'collapse.caption': (dim, stage) => `dim=${dim}：${stage}`,
  'collapse.stage': '进行到哪一步',
  'collapse.at': (stage, place, of) => `${stage}，第 ${place} 步，共 ${of} 步`,
  'collapse.play': '播放',
  'collapse.stop': '停止',
  'collapse.apart': 'A、B',
  'collapse.pair': '配对',
  'collapse.multiply': '相乘',
  'collapse.add': '相加',
  'collapse.divide': '相除',
  'collapse.cosine': '余弦',
  'collapse.apartWords': 'A 和 B 并排。',
  'collapse.pairWords': (lanes) =>
    `配对。${lanes.map(([dim, ...lane]) => `dim=${dim}：${partners(...lane)}`).join('；')}。`,
  'collapse.repeated': (operands, common) => `${operands.join('、')} 被重复，两边都当作 ${common}。`,
  'collapse.multiplyWords': '每一对相乘；每个数再求平方，加起来算两个模长。',
  'collapse.addWords': (changes) =>
    `${changes
      .map(({ dim, axis, rank, size, left }) => {
        const things = `${size} ${counted(axis, rank)}`
        const how =
          rank === 2 ? `把每${['列', '行'][axis]}的数加在一起` : size === 1 ? `只有 ${things}` : `把 ${things}加在一起`
        return `dim=${dim} ${how}，剩 ${rank > 2 ? left : `${left} 个数`}`
      })
      .join('；')}。`,
  'collapse.divideWords': '每个和再除以两个向量的模长。',
  'collapse.clamped': (eps) => `模长小于 eps 时，按 eps = ${eps} 算。`,
  'collapse.gone': (axis, common, shape) => `${common} 变成 ${shape}：轴 ${axis} 没有了。`,
  'collapse.square': (common, shape) => `${common} 两次都变成 ${shape}：方阵看不出少了哪个轴。`,
  'collapse.both': ([dim, , common, shape], [otherDim, , , otherShape]) =>
    `dim=${dim} 时 ${common} 变成 ${shape}，dim=${otherDim} 时变成 ${otherShape}。`,
  'collapse.aside': (shape) => `这幅图最多画两个轴（大小不超过 6）或三个轴（大小不超过 5）。${shape} 请看下面。`,

  'heard.first': (numbers) => `第一个：${numbers}。`,
  'heard.result': (dim, texts, shape) => `dim=${dim}：${shape ? `${shape}，第一个是 ${texts[0]}` : texts.join('，')}。`,

  'space.axis': (axis) => `轴 ${axis}`,
  'space.turn': '旋转',
  'space.picture': '图形',
  'space.degrees': (degrees) => `${minus(degrees)}°`,
  'space.tables': '显示表格',
  'space.onScreen': '：读屏软件始终能读到这些表格',
  'space.index': (axis, index) => `轴 ${axis}：${index}`,
  'space.layer': (operand, layer) => `${operand}，${axisName(0)} ${layer}：${axisName(1)} 乘 ${axisName(2)}`,
  'space.result': (dim, shape, axes) => `沿 dim=${dim} 的结果，${shape}：${axes.map(axisName).join(' 乘 ')}`,
  'space.all': '所有 dim 并排看',
  'space.gone': (common, changes) =>
    `${changes.map(([dim, shape], i) => `dim=${dim} 时${i ? '' : ` ${common} `}变成 ${shape}`).join('，')}。`,
  'space.equal': (common, shape) => `${common} 每次都变成 ${shape}：大小相同，看不出少了哪个轴。`,

  'story.heading': '五步看懂 dim',
  'story.step': (place, of, title) => `第 ${place} 步，共 ${of} 步：${title}`,
  'story.next': (what) => `下一步：${what}`,
  'story.watch': (answer) => (answer ? `“${answer}”对吗？请看。` : '请看。'),
  'story.right': (why) => `*正确。*${why}`,
  'story.square': '一个方阵，两个 dim',
  'story.squareWords': '两次都剩两个数：`(2,)`。少的是哪个轴？',
  'story.which': '会得到几个数？',
  'story.whichLead': '加一列',
  'story.whichWords': (dims) => `现在 A 和 B 都是 2 行 3 列，指定 ${named(dims)}。`,
  'story.anError': '报错',
  'story.whichTwo': '那是 `dim=1`，每行得一个数。`dim=0` 是每列得一个数，共 3 个。',
  'story.whichThree': '大小为 2 的轴被压掉，3 列各剩一个数。',
  'story.whichSix': '6 是全部的数。指定的轴会被压掉：2 没有了，剩下 3 个数。',
  'story.whichError': '矩阵有轴 0 和轴 1，`dim=0` 没有问题：得到 3 个数。`dim=2` 才会报错。',
  'story.names': '一个轴，多种说法',
  'story.namesLead': '大家怎么说',
  'story.namesWords': '“跨行算”，行没有了；“每行得一个数”，行还在。选一种说法，看它指哪个 dim。',
  'story.perRow': '每行得一个数',
  'story.perRowSays': '`dim=1`：每行得一个数。行还在，列没有了。',
  'story.overRows': '跨行算',
  'story.overRowsSays': '`dim=0`：从上往下跨过各行。行没有了，列还在。',
  'story.alongRow': '沿着一行算',
  'story.alongRowSays': '`dim=1`：沿着一行，从一列走到下一列。意思和“每行得一个数”一样。',
  'story.perColumn': '每列得一个数',
  'story.perColumnSays': '`dim=0`：每列得一个数。意思和“跨行算”一样。',
  'story.numpy': 'NumPy 的 axis=0',
  'story.numpySays': 'NumPy 叫 `axis`，PyTorch 叫 `dim`，都是轴 0 消失。',
  'story.lastSays': '`dim=-1` 是从后往前数，指最后一个轴。对矩阵是轴 1，对 `(2, 3, 4)` 则是轴 2。',
  'story.three': '(2, 3, 4) 会剩下什么？',
  'story.threeLead': '再加一个轴',
  'story.threeWords': (dims) => `现在 A 和 B 都是 2 层 3 行 4 列，依次是轴 \`0、1、2\`。指定 ${named(dims)}。`,
  'story.threeFirst': '那是 `dim=0`。dim 从 0 数起，`dim=1` 是中间的 3：压掉它，剩下 `(2, 4)`。',
  'story.threeMiddle': '3 没有了，其余的大小按原来的顺序留下。',
  'story.threeLast': '那是 `dim=2`。对矩阵来说 `dim=1` 是最后一个；在这里却是中间的 3，剩下 `(2, 4)`。',
  'story.threeKept': '这个轴不会以大小 1 留下来，而是没有了，剩下 `(2, 4)`。',
  'story.own': '换成你自己的数',
  'story.ownLead': '换成你自己的数',
  'story.ownWords': '改 A 或 B 里的一个数，或粘贴一个矩阵。',
  'story.broadcast': '(2, 3) 和 (3,)',
  'story.broadcastSays': 'B 只有一行，A 的每一行都和它比：B 被*广播*成 `(2, 3)`，`dim` 按它来数。',
  'story.noDimSays': '矩阵没有第三个轴，`dim=2` 会报错。',
  'story.more': '单元格和文件',
  'story.onward': '结果是什么形状？',

  'contents.heading': '本页内容',

  'inputs.heading': '输入 A 和 B',
  'inputs.caption': (operand, shape) => `${operand}，形状 ${shape}`,
  'inputs.axis': (axis, arrow) => `轴 ${axis} ${arrow}`.trim(),
  'inputs.pictured': (operand) => `图中的 ${operand}`,
  'inputs.arrows': '。用方向键在单元格之间移动。',
  'inputs.cell': (operand, index) =>
    index.length === 2
      ? `${operand}，第 ${index[0]} 行，第 ${index[1]} 列`
      : index.length === 3
        ? `${operand}，${index.map((at, axis) => `第 ${at} ${LAYERS[axis]}`).join('，')}`
        : index.length
          ? `${operand}，下标 ${index.join(', ')}`
          : operand,

  'undo.cell': (cell, value) => `${cell} 恢复为 ${value}。`,

  'paste.refused': (operand, reason) => `${operand} 保持不变。${reason}`,
  'paste.at': (line, column, reason) => `文本第 ${line} 行，第 ${column} 个字符：${reason}`,
  'paste.cell': (problem) => `这个单元格${problem}`,
  'paste.tooMany': (count, most) => `共 ${count} 个数，太多了，画不出来，最多 ${most} 个。`,
  'paste.shortened': '打印结果在这里被省略过，缺少一些数。请先完整打印。',
  'paste.nothing': '其中没有数。',
  'paste.several': '这里开始了另一个张量。请一次只粘贴一个。',
  'paste.blocks': '打印结果从这里开始是另一块，请一次只粘贴一块。',
  'paste.outside': (text) => `“${text}”在括号外面。请把所有的数都放进括号里。`,
  'paste.call': (name) => `${name}(…) 是代码，本页不运行代码。请粘贴它打印出的结果。`,
  'paste.range': '1:4 这样的范围是代码，本页不运行代码。请粘贴它打印出的结果。',
  'paste.command': (name) => `${name} 是 LaTeX 命令，本页不会计算。请直接写出这个数。`,
  'paste.mixed': '数与数之间既有逗号又有空格。请只用其中一种。',
  'paste.marks': (text) => `“${text}”用的是小数点，其他数用的是小数逗号。请只用其中一种。`,
  'paste.tooLong': '文本太长，请只取其中一部分。',
  'paste.taken': (operand, sentences) => `${operand} 已替换。${sentences.join('')}`,
  'paste.leftOut': (parts) => `未读入：${parts.join('、')}。`,
  'paste.header': '表头',
  'paste.index': '索引列',
  'paste.comments': '注释',
  'paste.text': (text) => `“${text}”`,
  'paste.read': (text, number) => `“${text}”读作 ${number}。`,
  'paste.lines': '文本的每一行读作矩阵的一行。',
  'paste.separators': '逗号读作分隔符；小数请用小数点。',
  'paste.first': (taken, whole) =>
    `共 ${whole.join(' × ')} 个数，只取了开头的 ${taken.join(' × ')} 个，再多就画不出来了。`,
  'file.binary': '本页读不了这种文件。请把数据存成 .npy 或 .csv。',
  'file.several': '请一次只拖入一个文件。',
  'file.unreadable': '浏览器无法读取这个文件。',
  'npy.archive': (name) =>
    `这是一个包含多个数组的压缩包。请把其中一个存成 .npy：np.save('a.npy', np.load('a.npz')['${name}'])。`,
  'npy.structured': (fields) =>
    `它的元素是结构体，字段有 ${fields.join('、')}。请只保存一个字段：np.save('a.npy', a['${fields[0]}'])。`,
  'npy.header': '这不是 NumPy 能读取的 .npy 文件：文件头已损坏。',
  'npy.dtype': (dtype, known) =>
    `文件的 dtype 是 ${dtype}，可读取的有 ${known.join('、')}。请保存 a.astype('float32')。`,
  'npy.short': (wanted, got) => `文件不完整：应有 ${wanted} 字节的数据，实际只有 ${got} 字节。`,
  'npy.long': (wanted) => `数组共 ${wanted} 字节，但文件在它之后还有内容。如果文件里有多个数组，请各存一个文件。`,
  'npy.cell': (index, problem) => `文件中的元素 [${index.join(', ')}] ${problem}`,
  'tools.heading': (eps) => `大小、文件、eps${eps === false ? '' : ` = ${eps}`}`,
  'tools.sizes': (operand) => `${operand} 的各轴大小`,
  'tools.add': (operand, axis, rank) =>
    `${operand}：添加${rank === 2 ? ['一行', '一列'][axis] : `轴 ${axis} 的一个取值`}`,
  'tools.remove': (operand, axis, rank) =>
    `${operand}：删除${rank === 2 ? ['最后一行', '最后一列'][axis] : `轴 ${axis} 的最后一个取值`}`,
  'tools.open': '打开文件',
  'tools.file': (operand) => `为 ${operand} 打开文件：.npy、.csv`,
  'tools.hint':
    '可以把 `[[1, 2], [3, 4]]`、打印出的张量、电子表格的单元格或 CSV 粘贴到任一单元格，也可以把 .npy 或 .csv 文件拖到 A 或 B 上。',

  'presets.heading': '改一个数，或者换一个示例',
  'presets.equal': '各个轴大小相同，看不出消失的是哪一个。换一个各轴大小不同的形状，就能看到。',
  'presets.unequal': '各个轴大小不同，从结果的形状就能看出消失的是哪一个。',
  'presets.undo': '这些数改过了。按 Ctrl+Z（⌘Z）撤销。',
  'presets.iris': '鸢尾花',
  'presets.irisSource':
    '150 朵鸢尾花 × 萼片长、萼片宽、花瓣长、花瓣宽，单位 cm（Anderson 测量，载于 Fisher 1936），每朵都与平均花比较，后者由 (1, 4) 广播而来。',
  'presets.pairs': '两两组合',
  'presets.pairsShape': '(2, 1, 2) 与 (1, 2, 2)：A 的每一行与 B 的每一行比较',

  'panels.heading': '同样的输入，沿不同的 dim',
  'panels.dims': 'dim',
  'panels.shape': '形状：',
  'panels.broadcast': (a, b, common) => `A ${a} 与 B ${b} 先广播：两者都当作 ${common}。虚线单元格是重复的元素。`,
  'panels.runs': (axis, flow) => `轴 ${axis} ${WAYS[flow]}压掉，然后消失。`,
  'panels.stays': (axes, sizes) =>
    axes.length === 0
      ? '没有轴保留：只有一个输出。'
      : axes.length === 1
        ? `轴 ${axes[0]} 保留：${sizes[0]} 个输出。`
        : `轴 ${axes.join('、')} 保留：共 ${sizes.join('\u00a0×\u00a0')} 个输出。`,
  'panels.stale': '这是最后一组有效数字的结果，不含标出的输入。',
  'panels.none': '还没有结果：请先改正标出的输入。',
  'panels.more': (dim) => `+ 再比较一个 dim：${dim}`,
  'panels.remove': (dim) => `移除 dim=${dim} 这一栏`,
  'panels.try': '可以这样改正：',
  'panels.arrows': (count) => `${count} 个输出，用方向键逐个移动。`,
  'panels.reshaped': (shapes) => `现在${shapes.map(([operand, shape]) => ` ${operand} 是 ${shape}`).join('，')}。`,
  'panels.only': (dim, back) => `现在只显示 dim=${dim}。${back ? `按“${back}”恢复。` : ''}`,
  'panels.apartHeard': (a, b) => `A 是 ${a}，B 是 ${b}，无法广播。下面有两种改法，标题里也写着无法广播。`,
  'panels.apart': (a, b) => `A ${a} 与 B ${b} 无法广播`,
  'panels.rule': '把两个形状从右对齐：每个位置上的大小必须相等，或者其中一个是 1，或者缺少这个轴。',
  'panels.noDim': (dim, common, dims) => `${common} 没有 dim=${minus(dim)}，只有 ${dims.map(minus).join('、')}。`,
  'panels.fit': (operand, shape, changes) => `把 ${operand} 改为 ${shape}：${changes.map(fitted).join('，')}`,
  'panels.from': (slices) => `，来自 ${slices.join(' 和 ')}`,

  'predict.heading': '先猜一猜',
  'predict.invite': '先猜一猜；回答之前，结果一直遮着。',
  'predict.rest': '这时页面的其余部分都隐藏了。选“跳过”或按 Esc 恢复。',
  'predict.covered': '猜的时候先遮住',
  'predict.start': (dim) => `猜 dim=${dim}`,
  'predict.again': (dim, isRight) => `${isRight ? '✓ ' : ''}再猜 dim=${dim}`,
  'predict.skip': '跳过，直接看',
  'predict.shape': '结果的形状',
  'predict.shapeHint': '例如 (4,) 或 (2, 3)；单个数写 ()',
  'predict.unreadable': (text) =>
    `${text ? `“${text}”看不出是什么形状。` : ''}请把各个大小写在括号里：\`(4,)\` 或 \`(2, 3)\`。`,
  'predict.same': '在这里换一个 dim，形状也一样；不同的是哪些数一起参与计算。',
  'predict.struck': (other, dim, axis) => `你去掉了轴 ${other}；\`dim=${dim}\` 去掉的是轴 ${axis}。`,
  'predict.strike': (common) => `从 \`${common}\` 里划掉一个大小。`,
  'predict.cells': (given, dim) =>
    `已给出 \`${given}\`。沿 \`dim=${dim}\`，还有哪些数进入同一个输出？请在 A 和 B 中全部标出。`,
  'predict.state': (state) =>
    ({ given: '已给出', marked: '已标出', right: '正确', wrong: '错误', missed: '漏标' })[state],
  'predict.ran': (other, otherFlow, dim, axis, flow) =>
    `你${WAYS[otherFlow]}压掉了轴 ${other}。\`dim=${dim}\` ${WAYS[flow]}压掉的是轴 ${axis}。`,
  'predict.half': (has, lacks) => `${has} 中的都对。${lacks} 中相同位置的数也属于同一组。`,
  'predict.some': (found, of, extra, axis, flow) =>
    `找到 ${of} 个中的 ${found} 个${extra ? `，另有 ${extra} 个不对` : ''}。A 和 B 都${WAYS[flow]}压掉轴 ${axis}。`,
  'predict.made': (result, isPinned) => `*对了。* 它们一起得出 ${result}${isPinned ? '，已在下面固定' : ''}。`,

  'quiz.heading': '结果是什么形状？',
  'quiz.lead': '不会记录任何内容。',
  'quiz.asked': (a, b, dim) =>
    `A 的形状是 \`${a}\`，B 的形状是 \`${b}\`。\`F.cosine_similarity(A, B, dim=${dim})\` 的形状是什么？`,
  'quiz.anError': '没有结果，会报错',
  'quiz.check': '检查',
  'quiz.this': '本题的形状',
  'quiz.another': '换一题',
  'quiz.choose': '请先选择一个答案。',
  'quiz.isRight': '*正确。*',
  'quiz.isWrong': (why) => `*不对。*${why}`,
  'quiz.whole': '这是那个轴消失之前的形状。',
  'quiz.keeps': '这样会保留那个轴，大小为 1，就像 keepdim=True；而在这里它会消失。',
  'quiz.only': (axis) => `这是轴 ${axis} 的大小，而它正是消失的那个轴。`,
  'quiz.otherDim': (dim, negative) => `这是 \`dim=${dim}\`（即 \`${negative}\`）的结果。`,
  'quiz.isError': '这两个形状不能广播。',
  'quiz.noError': '这个 dim 存在，两个形状也可以广播：从右对齐，每个位置上大小相等，或者其中一个是 1，或者缺少这个轴。',
  'quiz.broadcast': (common) => `两者先广播成 \`${common}\`。`,
  'quiz.runs': (axis, common, shape) => `轴 ${axis} 消失：\`${common}\` 变成 \`${shape}\`。`,
  'quiz.error': (words) => `PyTorch 报错：\`${words}\`。`,

  'stepper.heading': '逐步计算',
  'stepper.output': '输出',
  'stepper.moves': '在步骤间移动',
  'stepper.back': '上一步',
  'stepper.next': '下一步',
  'stepper.play': '播放',
  'stepper.pause': '暂停',
  'stepper.phases': '定义的各个部分',
  'stepper.progress': (step, steps) => `第 ${step} 步，共 ${steps} 步`,
  'stepper.table': (slices) => `${slices.join(' 与 ')} 的各项`,
  'stepper.broadcast': '广播',
  'stepper.pair': '配对',
  'stepper.dot': '点积',
  'stepper.norms': '范数',
  'stepper.clamp': 'eps 下限',
  'stepper.divide': '相除',
  'stepper.same': (shape) => `A 和 B 的形状相同，都是 ${shape}，所以不需要重复：每个数都已有对应的数。下一步：配对。`,
  'stepper.repeated': (a, b, common) =>
    `A 是 ${a}，B 是 ${b}。大小为 1 的轴，或缺少的轴，会沿着它重复：两者都当作 ${common}。虚线单元格是重复的元素。`,
  'stepper.lane': (axis, flow, [a, b], count) =>
    `沿轴 ${axis} 看 ${a} 和 ${b}，${WAYS[flow]}。位置相同的两个数是一对，共 ${count} 对。`,
  'stepper.term': (term, count) => `第 ${term} 对，共 ${count} 对：两数相乘，再累加。`,
  'stepper.terms': (from, to, count) => `第 ${from} 至 ${to} 对，共 ${count} 对：每对两数相乘，再累加。`,
  'stepper.dotSoFar': (sum) => `目前的和是 ${sum}。`,
  'stepper.dotWhole': (sum) => `全部乘积之和就是点积：${sum}。`,
  'stepper.norm': (name, norm) => `${name} 的范数就是它的模长：每个数平方，相加，再开方。‖${name}‖ 是 ${norm}。`,
  'stepper.notClamped': (eps) => `eps 是 ${eps}，也就是范数的下限。两个范数都更大，所以它不起作用。`,
  'stepper.clamped': (names, eps) =>
    `eps 是 ${eps}，也就是范数的下限。${names.map((name) => `‖${name}‖`).join(' 和 ')} 更小，因此用 eps 代替。`,
  'stepper.quotient': (index, result) =>
    `点积除以两个范数。${index.length ? `这是结果的元素 [${index.join(', ')}]` : '这就是结果'}：${result}。`,
  'stepper.notFinite': '数中有 nan 或 inf，结果就是 nan。',
  'stepper.nan': '范数是 0，eps 也是 0，于是 0 除以 0，没有意义：nan。',

  'working.vectors': (a, b) => ` a = ${a}，b = ${b}`,
  'working.clamped': (name, norm, eps) => `‖${name}‖ = ${norm} 小于 eps = ${eps}，因此用 eps 代替。`,
  'working.angle': (degrees) => `a 与 b 的夹角：${degrees}°`,
  'working.noAngle': '没有夹角：其中一个向量的模长为 0，或者含有 nan 或 inf。',

  'sharing.image': '复制为图片',
  'sharing.copied': '图片已复制，可以粘贴到别处。',
  'sharing.saved': '图片已保存到下载文件夹。',
  'sharing.noImage': '这里无法生成图片。',
  'sharing.embed': '嵌入网页',
  'sharing.lead': '把这段代码粘贴到你的网页里，显示的就是现在屏幕上的内容。',
  'sharing.label': '用于嵌入的 HTML',
  'sharing.link': 'cosine_similarity 的 dim 有什么作用',
  'sharing.serve': '如果想自己提供脚本，把包里 `dist/` 下的 `explorer.js` 和 `cosdim.js` 放进同一个文件夹。',
  'sharing.copy': '复制',
  'sharing.embedded': '已复制。',
  'sharing.select': '文字已选中，请按 Ctrl+C 或 ⌘C 复制。',
  'sharing.close': '关闭',

  'present.heading': '演示模式',
  'present.sentence': '指定哪个 dim，哪个 dim 就消失',
  'present.back': '上一步',
  'present.on': '下一步',
  'present.whole': '全屏',
  'present.leave': '退出演示',
  'present.squareAsks': '2 行 2 列。`dim=0` 会剩下什么？`dim=1` 呢？',
  'present.shapes': '换一个形状',
  'present.screens': '全部屏幕',
  'present.blank': '屏幕已变黑，按任意键恢复。',
  'present.first': '已经是第一屏。',
  'present.last': '已经是最后一屏。',
  'present.said': (place, of, title) => `第 ${place} 屏，共 ${of} 屏：${title}`,

  'notes.heading': '说明',
  'notes.how': '指向一个结果或一个数，或用键盘移到那里，就能看到哪些数属于同一组。选中结果可以固定它，按 Esc 取消。',
  'notes.printing': '数字按 PyTorch 的方式显示，保留四位小数；计算时不舍入。',
}
