/** The texts of the page around the explorer, in each of the explorer's languages. */
export const PAGE_TEXTS = {
  en: {
    'page.title': 'cosine_similarity: what dim does',
    'page.otherLanguage': '中文',
    'page.isIn': 'The page is in English now.',
    'page.share': 'Copy link',
    'page.shared': 'Link copied. It opens the page as it is now, but not your predictions.',
    'page.notShared': 'The link is in the address bar: copy it from there.',
    'page.skip': 'Skip to the table of contents',
    'page.present': 'Present',
    'present.lead':
      'One screen at a time, in large type. Arrow keys, Space or a clicker step, and results stay hidden until you do. N and P change the screen. B or a full stop makes the screen black, Esc leaves.',
    'present.what': 'What to show',
    'present.always': (screens, steps) => `The lesson (${screens} screens, about ${steps} presses)`,
    'present.opens': 'The link opens in present mode',
    'present.holds': 'A link holds these sections, the numbers and the language.',
    'present.start': (place, of, title) => `Start at ${place} of ${of}: ${title}`,
    'present.copy': 'Copy link',
    'present.copied': 'Link copied.',
    'present.homework': 'Copy link for homework',
    'present.asks': (isOwn, asked) =>
      `A link for homework holds ${isOwn ? 'these numbers' : 'the example 2×3, whose shape shows which axis vanishes'}. It stops at A and B, and asks: “${asked}”`,
    'present.close': 'Close',
  },
  'zh-Hans': {
    'page.title': 'cosine_similarity：dim 的作用',
    'page.otherLanguage': 'English',
    'page.isIn': '页面现在是中文。',
    'page.share': '复制链接',
    'page.shared': '链接已复制，打开后就是现在的样子，但不含你的预测。',
    'page.notShared': '链接就在地址栏里，请从那里复制。',
    'page.skip': '跳到本页目录',
    'page.present': '演示',
    'present.lead':
      '一次一屏，字号放大。用方向键、空格键或翻页笔逐步前进，结果到那一步才出现。按 N、P 换屏。按 B 或句点键黑屏，按 Esc 退出。',
    'present.what': '要显示的内容',
    'present.always': (screens, steps) => `课堂演示（${screens} 屏，大约按 ${steps} 下）`,
    'present.opens': '链接打开后直接进入演示',
    'present.holds': '链接里有这些部分、数字和语言。',
    'present.start': (place, of, title) => `从第 ${place} 屏开始（共 ${of} 屏）：${title}`,
    'present.copy': '复制链接',
    'present.copied': '链接已复制。',
    'present.homework': '复制作业链接',
    'present.asks': (isOwn, asked) =>
      `作业链接用${isOwn ? '现在这些数' : '示例 2×3，从形状就能看出哪个轴没有了'}，打开后停在 A、B，先让学生答题：“${asked}”`,
    'present.close': '关闭',
  },
}
