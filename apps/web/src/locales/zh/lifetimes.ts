export const lifetimes = {
  title: '阅后即焚与定时清除',
  hint: '到时后，新消息会从服务器和所有人的设备上清除。',
  stay: '保留消息',
  open: '定时清除消息',
  mark: '新消息将在 {time}后清除',
  button: '消息保留时间',
  none: '与会话设置一致',
  fromRead: '阅后即焚',
  fromSent: '发送后定时清除',
  barRead: '对方阅读 {time}后焚毁',
  barSent: '发送 {time}后清除',
  leave: '不清除',
  burns: '阅后即焚',
};

export const jump = {
  open: '跳转到日期',
  title: '跳转到日期',
  previous: '上个月',
  next: '下个月',
  week: '一周前',
  month: '一个月前',
  failed: '无法加载该位置，请检查网络。',
};
