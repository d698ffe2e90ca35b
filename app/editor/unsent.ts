// Finds in the document what this window wrote and the server does not have for certain.
import * as Y from 'yjs';

/**
 * The text in the document that this client wrote at or after a clock, in the document's order, a line per paragraph.
 * Rather too much than too little: a paragraph that was split counts as written anew.
 */
export function unsentText(root: Y.XmlFragment, client: number, since: number): string {
  const lines: string[] = [];
  const visit = (type: Y.XmlFragment): void => {
    let line = '';
    for (const child of type.toArray()) {
      if (child instanceof Y.XmlText) line += unsentIn(child, client, since);
      else if (child instanceof Y.XmlFragment) visit(child);
    }
    if (line) lines.push(line);
  };
  visit(root);
  return lines.join('\n');
}

function unsentIn(text: Y.XmlText, client: number, since: number): string {
  let found = '';
  for (let item = text._start; item; item = item.right) {
    const { id, content, deleted, length } = item;
    if (deleted || id.client !== client || id.clock + length <= since) continue;
    if (content instanceof Y.ContentString) found += content.str.slice(Math.max(0, since - id.clock));
  }
  return found;
}

/** The same for comments: whole messages. */
export function unsentMessages(comments: Y.Map<unknown>, client: number, since: number): string[] {
  const found: string[] = [];
  for (const thread of comments.values()) {
    const messages = thread instanceof Y.Map ? thread.get('messages') : undefined;
    if (!(messages instanceof Y.Array)) continue;
    for (let item = messages._start; item; item = item.right) {
      if (item.deleted || item.id.client !== client || item.id.clock + item.length <= since) continue;
      for (const message of item.content.getContent()) if (typeof message?.text === 'string') found.push(message.text);
    }
  }
  return found;
}
