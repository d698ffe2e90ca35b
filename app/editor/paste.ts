// What comes in from the clipboard or is dropped: cleaned, and refused with a sentence when it cannot be taken.
import { Plugin } from 'prosemirror-state';
import { clean, disarm, isOwn } from './clean';

/** More than this at once stalls every colleague's window. */
const LONGEST = 500_000;

export type Told = 'imageRefused' | 'imagesLeftOut' | 'pasteTooLong';

function hasImage(data: DataTransfer): boolean {
  return [...data.files].some((file) => file.type.startsWith('image/'));
}

/** What is wrong with it, if anything. `cleaned` is what its HTML comes down to. */
function refusal(data: DataTransfer): Told | undefined {
  const html = data.getData('text/html');
  const text = data.getData('text/plain');
  if (text.length > LONGEST) return 'pasteTooLong';
  if (html && !isOwn(html)) {
    const { length, images, html: cleaned } = clean(html);
    if (length > LONGEST) return 'pasteTooLong';
    const empty = /^[\s\u00a0]*$/.test(cleaned.replace(/<[^>]*>|&nbsp;/g, ''));
    if (empty && !text.trim() && (images > 0 || hasImage(data))) return 'imageRefused';
    return undefined;
  }
  return !html && !text && data.files.length > 0 ? 'imageRefused' : undefined;
}

export function clipboard(tell: (what: Told) => void): Plugin {
  const handle = (event: Event, data: DataTransfer | null): boolean => {
    const refused = data ? refusal(data) : undefined;
    if (!refused) return false;
    event.preventDefault();
    tell(refused);
    return true;
  };
  return new Plugin({
    props: {
      // Before anything else sees it: a refused paste must not have cleared the selection.
      handleDOMEvents: {
        paste: (view, event) => view.editable && handle(event, event.clipboardData),
        drop: (view, event) => view.editable && handle(event, event.dataTransfer),
      },
      transformPastedHTML: (html) => {
        if (isOwn(html)) return disarm(html);
        const cleaned = clean(html);
        if (cleaned.images > 0) tell('imagesLeftOut');
        return cleaned.html;
      },
    },
  });
}
