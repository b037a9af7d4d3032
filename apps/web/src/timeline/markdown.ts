import MarkdownIt from 'markdown-it';
import { mentionAt } from './mentions.ts';

// What a chat message needs of Markdown. No HTML, no images (they would tell a stranger's server who reads), no headings.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable([
  'image',
  'heading',
  'lheading',
  'hr',
  'code',
  'table',
  'reference',
  'html_block',
  'html_inline',
]);

// Without a scheme only these are taken for addresses: `main.rs` and `readme.md` are file names.
markdown.linkify.tlds(['com', 'org', 'net', 'edu', 'gov', 'cn', 'io', 'dev', 'app']);
markdown.linkify.set({ fuzzyEmail: false });

markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  return renderer.renderToken(tokens, index, options);
};

// Its name is put in where it is shown: it may change, or become known later.
markdown.inline.ruler.before('autolink', 'mention', (state, silent) => {
  const mention = state.src[state.pos] === '<' ? mentionAt(state.src.slice(state.pos, state.pos + 24)) : undefined;
  if (mention === undefined) return false;
  if (!silent) state.push('mention', '', 0).content = mention.id;
  state.pos += mention.length;
  return true;
});
markdown.renderer.rules.mention = (tokens, index) => `<span data-mention="${tokens[index]?.content}"></span>`;

/** HTML of a message as its sender wrote it; still to be sanitized. */
export const renderMarkdown = (text: string): string => markdown.render(text);

const LINE_CHARACTERS_MAX = 300;

/** One line without any markup, for lists and screen readers. */
export function plainLine(text: string, charactersMax = LINE_CHARACTERS_MAX): string {
  return text
    .slice(0, charactersMax)
    .replace(/^ *(?:```\S*$|> ?|[-*+] )/gmu, '')
    .replace(/(\*{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1/gsu, '$2')
    .replace(/(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)/gsu, '$2')
    .replace(/\s+/gu, ' ')
    .trim();
}
