// Takes away what Word, LibreOffice, Outlook and web pages put around a text: fonts, classes, comments, links,
// scripts. What stays are headings, lists, tables, bold and italic; the schema then refuses whatever is left over.
import { mendWordLists } from './word-lists';

const GONE = 'script, style, meta, link, title, template, noscript, iframe, object, embed, svg, math, input, button, select, textarea, xml';
const IMAGES = 'img, picture, video, audio, canvas';
const KEPT_ATTRIBUTES = new Set(['colspan', 'rowspan', 'data-signal']);
// Word's own `mso-bidi-font-weight` is about other scripts.
const BOLD = /(?<![-\w])font-weight:\s*(?:bold|bolder|[6-9]00)/i;
const NOT_BOLD = /(?<![-\w])font-weight:\s*(?:normal|lighter|[1-4]00)/i;
const ITALIC = /(?<![-\w])font-style:\s*(?:italic|oblique)/i;
const NOT_ITALIC = /(?<![-\w])font-style:\s*normal/i;
const HEADINGS = 'h1, h2, h3, h4, h5, h6';

export interface Cleaned {
  html: string;
  /** Characters of text in it. */
  length: number;
  /** Pictures that were left out. */
  images: number;
}

/** Whether this HTML was copied from an editor like ours, which needs no cleaning. */
export function isOwn(html: string): boolean {
  return /<[^>]+\sdata-pm-slice=/.test(html);
}

/** Where the styles are kept: a `style` attribute that is parsed, even aside of the page, breaks the page's policy. */
export const STYLE = 'data-style';

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
/** What is quoted, or the name of an attribute that would be a style or a handler. */
const ARMED = /"[^"]*"|'[^']*'|(?<=[\s/"'])(?:style|on\w+)(?=\s*=)/gi;

/** Nothing of it may be tried when it is parsed: the policy would stop it, and the browser tell of that. */
export function disarm(html: string): string {
  return html
    .replace(/<style\b[^]*?<\/style\s*>/gi, '')
    .replace(/<(\/?)style\b/gi, '<$1template')
    .replace(TAG, (tag) => tag.replace(ARMED, (part) => (/^["']/.test(part) ? part : `data-${part}`)));
}

export function clean(html: string): Cleaned {
  const { body } = new DOMParser().parseFromString(disarm(html), 'text/html');
  removeComments(body);
  const images = [...body.querySelectorAll(IMAGES)];
  for (const part of [...images, ...body.querySelectorAll(GONE)]) part.remove();
  mendWordLists(body);
  for (const title of body.querySelectorAll('p.MsoTitle, p.MsoSubtitle')) rename(title, 'h3');
  keepEmphasis(body);
  for (const link of body.querySelectorAll('a:not([data-signal])')) unwrap(link);
  // Word's own elements (`o:p`, `st1:place`) and fonts: their text without them.
  for (const part of body.querySelectorAll('*')) if (part.localName.includes(':') || part.localName === 'font') unwrap(part);
  for (const part of body.querySelectorAll('span')) unwrap(part);
  removeEmptyParagraphs(body);
  mendLooseLists(body);
  for (const part of body.querySelectorAll('*')) {
    for (const name of part.getAttributeNames()) if (!KEPT_ATTRIBUTES.has(name)) part.removeAttribute(name);
  }
  return { html: body.innerHTML, length: body.textContent?.length ?? 0, images: images.length };
}

function removeComments(body: HTMLElement): void {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}

/** Bold and italic that were said by a style, and elements that say them while their style takes it back. */
function keepEmphasis(body: HTMLElement): void {
  for (const part of body.querySelectorAll(`[${STYLE}]`)) {
    const style = part.getAttribute(STYLE) ?? '';
    if (part.matches('b, strong') && NOT_BOLD.test(style)) unwrap(part);
    else if (part.matches('i, em') && NOT_ITALIC.test(style)) unwrap(part);
    else if (part.matches('span, font, a')) {
      // A heading is bold by itself.
      if (BOLD.test(style) && !part.closest(HEADINGS)) wrapContent(part, 'strong');
      if (ITALIC.test(style)) wrapContent(part, 'em');
    }
  }
  for (const part of body.querySelectorAll('h1 b, h2 b, h3 b, h4 b, h5 b, h6 b')) unwrap(part);
}

function wrapContent(part: Element, name: string): void {
  const made = part.ownerDocument.createElement(name);
  made.append(...part.childNodes);
  part.append(made);
}

function unwrap(part: Element): void {
  part.replaceWith(...part.childNodes);
}

function rename(part: Element, name: string): void {
  const made = part.ownerDocument.createElement(name);
  made.append(...part.childNodes);
  part.replaceWith(made);
}

/** Word spaces its text with empty paragraphs; in a table cell one must stay. */
function removeEmptyParagraphs(body: HTMLElement): void {
  for (const paragraph of body.querySelectorAll(`p, ${HEADINGS}`)) {
    const alone = paragraph.parentElement?.matches('td, th, li') && paragraph.parentElement.childElementCount === 1;
    if (paragraph.querySelector('table') || !/^[\s\u00a0]*$/.test(paragraph.textContent ?? '')) continue;
    if (alone) paragraph.textContent = '';
    else paragraph.remove();
  }
}

/** A list straight inside a list (old HTML, some mail programs) goes into the item before it. */
function mendLooseLists(body: HTMLElement): void {
  for (const list of body.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const before = list.previousElementSibling;
    if (before?.localName === 'li') before.append(list);
  }
}
