/** 简体中文。行 and 列 mean the opposite in Taiwan: they never stand without their arrow, 行 → and 列 ↓. */

const WAYS = { right: '沿 → 方向', down: '沿 ↓ 方向', deep: '沿 ↘ 方向（逐块）' }

export default {
  'page.title': 'cosine_similarity：dim 的作用',
  'page.heading': '`cosine_similarity` 的 `dim` 到底做了什么',
  'page.lead': '`dim` 指定哪个下标在变化。沿着它，A 的数与 B 的数逐一配对比较，结果里就没有这个轴了。',
  'page.otherLanguage': 'English',
  'page.share': '复制链接',
  'page.shared': '链接已复制，打开后就是现在的样子。',
  'page.notShared': '链接就在地址栏里，请从那里复制。',

  'failure.fixed': (reason) => `下面的数字是固定示例：页面无法开始计算。${reason}`,

  'link.complaint': (name, reason) => `链接中有一部分无法识别。${name}：${reason}`,
  'link.escape': '其中的 % 不是有效的转义。',
  'link.noValue': '只有名称，没有 = 和值。',
  'link.whole': (text) => `“${text}”不是整数。`,
  'link.key': (text) => `“${text}”既不是输出，也不是单元格。`,
  'link.language': (text) => `本页没有“${text}”这种语言，可用的有 en 和 zh-Hans。`,
  'link.section': (text, names) => `没有名为“${text}”的部分，可用的有 ${names.join('、')}。`,
  'link.name': (names) => `未知的参数，可用的有 ${names.join('、')}。`,

  'tensor.ragged': '各行 → 的长度不一致。',
  'tensor.tooDeep': (most) => `维数超过 ${most}，画不出来。`,
  'tensor.tooMany': (most) => `数字超过 ${most} 个，太多了，画不出来。`,
  'tensor.brackets': '方括号不配对。',

  'number.empty': '是空的，请填一个数。',
  'number.comma': (text, pointed) => `是“${text}”，请写成 ${pointed}。`,
  'number.none': (text) => `是“${text}”，这不是数。`,
  'number.tooLarge': (text) => `是“${text}”，超出了 float32 的范围（最大约 3.4e38）。`,
  'eps.tooLarge': (text) => `是“${text}”，这个数太大了。`,
  'eps.refused': (reason) => `有误：${reason}`,
  'eps.hint': '范数小于它时，按它计算',
  'field.wrong': (name, problem) => `${name} ${problem}`,
  'field.restore': (good) => `上一个有效值是 ${good}，按 Esc 恢复。`,

  'inputs.heading': '输入 A 和 B',
  'inputs.caption': (operand, shape) => `${operand}，形状 ${shape}`,
  'inputs.axis': (axis, arrow) => `下标 ${axis} ${arrow}`,
  'inputs.cell': (operand, index) =>
    index.length === 2
      ? `${operand}，第 ${index[0]} 行 →，第 ${index[1]} 列 ↓`
      : index.length
        ? `${operand}，下标 ${index.join(', ')}`
        : operand,

  'presets.heading': '示例',
  'presets.hint': '方阵的两个结果一样长，看不出差别。换一个形状，就能看到哪个轴消失了。',
  'presets.pairs': '两两组合',
  'presets.pairsShape': '(2, 1, 2) 与 (1, 2, 2)：A 的每一行 → 与 B 的每一行 → 比较',

  'panels.heading': '同样的输入，沿不同的 dim',
  'panels.dims': 'dim',
  'panels.shape': '形状：',
  'panels.broadcast': (a, b, common) => `A ${a} 与 B ${b} 先广播：两者都当作 ${common}。虚线单元格是重复的元素。`,
  'panels.runs': (axis, flow) => `下标 ${axis} ${WAYS[flow]}变化，然后消失。`,
  'panels.stays': (axes, sizes) =>
    axes.length === 0
      ? '没有下标保留：只有一个输出。'
      : axes.length === 1
        ? `下标 ${axes[0]} 保留：它有 ${sizes[0]} 个取值，每个取值对应一个输出。`
        : `下标 ${axes.join('、')} 保留：共 ${sizes.join('\u00a0×\u00a0')} 个输出。`,
  'panels.stale': '这是出错的输入之前的最后一个有效结果。',
  'panels.none': '还没有结果：请先改正标出的输入。',
  'panels.from': (slices) => `，来自 ${slices.join(' 和 ')}`,

  'working.vectors': (a, b) => ` a = ${a}，b = ${b}`,
  'working.clamped': (name, norm, eps) => `‖${name}‖ = ${norm} 小于 eps = ${eps}，因此用 eps 代替。`,
  'working.angle': (degrees) => `a 与 b 的夹角：${degrees}°`,
  'working.noAngle': '没有夹角：其中一个向量的长度为 0。',

  'notes.heading': '说明',
  'notes.how': '指向一个结果或一个数，就能看到哪些数属于一起。点击结果可以固定它，按 Esc 取消。',
  'notes.printing': '数字按 PyTorch 的方式显示，四舍五入到四位小数；计算用的是未舍入的值。',
}
