export const receipts = {
  open: '查看已读成员',
  title: '已读情况',
  read: '已读',
  delivered: '已送达',
  missing: '未送达',
  nobody: '没有人',
  announcement: '{all} 人中 {read} 人已读',
  save: '保存到笔记',
  saved: '已保存到你的笔记',
  copyLink: '复制消息链接',
  linkCopied: '链接已复制',
  noPreview: '不附带预览',
};
