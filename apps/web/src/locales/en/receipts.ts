export const receipts = {
  open: 'Who has read it',
  title: 'Who has read it',
  read: 'Read',
  delivered: 'Delivered',
  missing: 'Not yet',
  nobody: 'Nobody',
  announcement: 'Read by {read} of {all}',
  save: 'Save to notes',
  saved: 'Saved to your notes',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  noPreview: 'Send without a preview',
};
