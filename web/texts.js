/** The texts of the page around the explorer, in each of the explorer's languages. */
export const PAGE_TEXTS = {
  en: {
    'page.title': 'cosine_similarity: what dim does',
    'page.otherLanguage': '中文',
    'page.share': 'Copy link',
    'page.shared': 'Link copied. It opens the page as it is now, without what you predicted.',
    'page.notShared': 'The link is in the address bar: copy it from there.',
    'page.hide': (names) =>
      `For teachers: with \`#hide=quiz,notes\` at its end, or \`&hide=quiz,notes\` if it has a # already, a link leaves these sections out. There are ${names.map((name) => `\`${name}\``).join(', ')}. `,
    'page.hideExample': 'Example: only A, B and the results',
  },
  'zh-Hans': {
    'page.title': 'cosine_similarity：dim 的作用',
    'page.otherLanguage': 'English',
    'page.share': '复制链接',
    'page.shared': '链接已复制，打开后就是现在的样子，但不含你的预测。',
    'page.notShared': '链接就在地址栏里，请从那里复制。',
    'page.hide': (names) =>
      `教师可以让链接隐藏一部分内容：在末尾加上 \`#hide=quiz,notes\`；链接里已有 # 时，加上 \`&hide=quiz,notes\`。可用的名称有 ${names.map((name) => `\`${name}\``).join('、')}。`,
    'page.hideExample': '示例：只显示 A、B 和结果',
  },
}
