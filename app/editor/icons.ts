// Line drawings of the tools, 20 by 20.
export const icons = {
  bulletList: 'M4 5h.01M4 10h.01M4 15h.01M8 5h9M8 10h9M8 15h9',
  orderedList: 'M3 4l1.2-.8V8M2.8 12.6c.3-1 2-1 2 .2 0 .9-2 2-2 3.2h2.1M9 5h8M9 10h8M9 15h8',
  indent: 'M3 4h14M9 8h8M9 12h8M3 16h14M3 7.5l3 2.5-3 2.5',
  outdent: 'M3 4h14M9 8h8M9 12h8M3 16h14M6 7.5L3 10l3 2.5',
  table: 'M3 4h14v12H3zM3 8h14M3 12h14M7.7 4v12M12.3 4v12',
  intervention: 'M5 17.5V3M5 3.5h10.5L13 7l2.5 3.5H5',
  signal: 'M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1',
  comment: 'M3.5 4h13v9H9l-3.5 3.5V13h-2zM6.5 7h7M6.5 10h5',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4',
  redo: 'M16 8H8a4 4 0 0 0 0 8h4M16 8l-4-4M16 8l-4 4',
  find: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M13 13l4 4',
  keyboard: 'M2 5h16v10H2zM5 8h.01M8 8h.01M11 8h.01M14 8h.01M5 11.5h.01M15 11.5h.01M8 12h4',
  up: 'M5 12l5-5 5 5',
  down: 'M5 8l5 5 5-5',
  close: 'M5 5l10 10M15 5L5 15',
} as const;
