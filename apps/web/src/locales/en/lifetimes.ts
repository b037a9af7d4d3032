export const lifetimes = {
  title: 'Disappearing messages',
  hint: 'New messages are erased for everybody after this time, on the server and on all devices.',
  stay: 'Messages stay',
  open: 'Disappearing messages',
  mark: 'New messages are erased after {time}',
  button: 'How long this message lives',
  none: 'As the conversation says',
  fromRead: 'Burns after being read',
  fromSent: 'Erased after being sent',
  barRead: 'Burns {time} after it was read',
  barSent: 'Erased {time} after it was sent',
  leave: 'Do not erase it',
  burns: 'Burns once it was read',
};

export const jump = {
  open: 'Go to a date',
  title: 'Go to a date',
  previous: 'Previous month',
  next: 'Next month',
  week: 'A week ago',
  month: 'A month ago',
  failed: 'This place could not be loaded. Check your connection.',
};
