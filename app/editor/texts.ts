// Every word the editor says, in Dutch and English beside each other: leaving one out does not compile.
// A `{name}` in a text is a place for a value.

export type Lang = 'nl' | 'en';

const texts = {
  editorLabel: { nl: 'Plan van aanpak', en: 'Plan of approach' },
  connecting: { nl: 'Het plan wordt geopend om aan te schrijven…', en: 'Opening the plan for writing…' },
  unreachable: {
    nl: 'Er is nu geen verbinding om mee te schrijven. U leest het plan zoals het bij het openen van deze pagina was. Er wordt steeds opnieuw geprobeerd te verbinden.',
    en: 'There is no connection for writing along now. You are reading the plan as it was when this page was opened. Connecting is tried again and again.',
  },

  // How it stands with what was typed.
  savingLabel: { nl: 'Opslaan', en: 'Saving' },
  allSaved: { nl: 'Alles is opgeslagen', en: 'Everything is saved' },
  unsaved: { nl: 'Nog niet opgeslagen', en: 'Not saved yet' },
  saving: { nl: 'Opslaan…', en: 'Saving…' },
  savedAt: { nl: 'Opgeslagen om {time}', en: 'Saved at {time}' },
  failed: {
    nl: 'Geen verbinding; uw tekst staat alleen in dit venster. Sluit het niet.',
    en: 'No connection; your text is only in this window. Do not close it.',
  },
  offline: {
    nl: 'Geen verbinding. Wat u al schreef is opgeslagen; wat u nu typt, staat alleen in dit venster.',
    en: 'No connection. What you wrote is saved; what you type now is only in this window.',
  },
  offlineReading: { nl: 'Geen verbinding. U ziet het plan zoals het was.', en: 'No connection. You see the plan as it was.' },
  reading: { nl: 'U leest mee', en: 'You are reading along' },
  backAgain: { nl: 'Er is weer verbinding.', en: 'The connection is back.' },
  savedAgain: { nl: 'Er is weer verbinding. Uw tekst is opgeslagen.', en: 'The connection is back. Your text is saved.' },

  // What stands above the text when something must be known.
  signedOut: {
    nl: 'U bent afgemeld. Uw tekst blijft hier staan; wat nog niet was opgeslagen, staat alleen in dit venster. Sluit het niet: meld u opnieuw aan en kom hier terug, dan wordt het alsnog opgeslagen.',
    en: 'You have been signed out. Your text stays here; what was not saved yet is only in this window. Do not close it: sign in again and come back here, then it will be saved.',
  },
  signIn: { nl: 'Opnieuw aanmelden (opent een nieuw tabblad)', en: 'Sign in again (opens a new tab)' },
  noRight: {
    nl: 'U mag niet meer aan dit plan schrijven of het lezen. Wat u schreef en was opgeslagen, blijft in het plan.',
    en: 'You may no longer write in or read this plan. What you wrote and was saved, stays in the plan.',
  },
  noRightUnsent: {
    nl: 'U mag niet meer aan dit plan schrijven of het lezen. Wat was opgeslagen, blijft in het plan. Wat nog niet was opgeslagen, is geweigerd: kopieer het hieronder, of gooi het weg.',
    en: 'You may no longer write in or read this plan. What was saved, stays in the plan. What was not saved yet was refused: copy it below, or throw it away.',
  },
  gone: {
    nl: 'Dit plan bestaat niet meer. Er kan niets meer in worden geschreven en wat erin stond is weg.',
    en: 'This plan no longer exists. Nothing can be written in it any more and what it held is gone.',
  },
  goneUnsent: {
    nl: 'Dit plan bestaat niet meer en wat erin stond is weg. Wat u nog niet had opgeslagen, staat alleen hieronder: kopieer het, of gooi het weg.',
    en: 'This plan no longer exists and what it held is gone. What you had not saved yet is only below: copy it, or throw it away.',
  },
  readOnly: {
    nl: 'U mag dit plan nu alleen nog lezen. Wat u schreef, is opgeslagen.',
    en: 'You may only read this plan now. What you wrote is saved.',
  },
  readOnlyUnsent: {
    nl: 'U mag dit plan nu alleen nog lezen. Wat nog niet was opgeslagen, is geweigerd: kopieer het hieronder, of gooi het weg.',
    en: 'You may only read this plan now. What was not saved yet was refused: copy it below, or throw it away.',
  },
  logDown: {
    nl: 'Het inzagelog kan nu niet worden geschreven. Tot dat weer kan, ziet u niets nieuws en wordt er niets opgeslagen. Wat u schreef, blijft in dit venster staan en wordt daarna alsnog opgeslagen. Sluit het niet.',
    en: 'The access log cannot be written now. Until it can, you see nothing new and nothing is saved. What you wrote stays in this window and will be saved after that. Do not close it.',
  },
  tooLarge: {
    nl: 'Wat u het laatst schreef of plakte, is te groot voor dit plan en is niet opgeslagen. Alles daarvoor is opgeslagen. Kopieer de niet-opgeslagen tekst hieronder en ga verder met het opgeslagen plan.',
    en: 'What you last wrote or pasted is too large for this plan and was not saved. Everything before it is saved. Copy the unsaved text below and go on with the saved plan.',
  },
  malformed: {
    nl: 'De server kon uw laatste wijzigingen niet aannemen. Alles daarvoor is opgeslagen. Kopieer de niet-opgeslagen tekst hieronder en ga verder met het opgeslagen plan.',
    en: 'The server could not accept your last changes. Everything before them is saved. Copy the unsaved text below and go on with the saved plan.',
  },
  tooFast: {
    nl: 'Er komt meer tekst binnen dan de server aankan. Uw tekst blijft staan en wordt iets later opgeslagen.',
    en: 'More text is coming in than the server can handle. Your text stays and is saved a little later.',
  },
  unsentLabel: { nl: 'Uw tekst die niet is opgeslagen', en: 'Your text that was not saved' },
  copyUnsent: { nl: 'Kopieer deze tekst', en: 'Copy this text' },
  copied: { nl: 'De tekst is gekopieerd.', en: 'The text has been copied.' },
  copyYourself: {
    nl: 'Kopiëren lukte niet vanzelf. De tekst is geselecteerd: kopieer hem met Ctrl+C.',
    en: 'Copying did not work by itself. The text is selected: copy it with Ctrl+C.',
  },
  discard: { nl: 'Gooi deze tekst weg', en: 'Throw this text away' },
  discarded: { nl: 'De niet-opgeslagen tekst is weggegooid.', en: 'The unsaved text has been thrown away.' },
  goOn: { nl: 'Verder met het opgeslagen plan', en: 'Go on with the saved plan' },
  dismiss: { nl: 'Sluit deze melding', en: 'Close this message' },

  // Pasting and dropping.
  imageRefused: {
    nl: 'Afbeeldingen kunnen nu niet in het plan. Er is niets ingevoegd; uw tekst is niet veranderd.',
    en: 'Images cannot go into the plan now. Nothing was inserted; your text has not changed.',
  },
  imagesLeftOut: {
    nl: 'De tekst is geplakt; de afbeeldingen erin zijn weggelaten.',
    en: 'The text was pasted; the images in it were left out.',
  },
  pasteTooLong: {
    nl: 'Dit is te veel om in één keer te plakken (meer dan 500.000 tekens). Er is niets ingevoegd; uw tekst is niet veranderd.',
    en: 'This is too much to paste at once (more than 500,000 characters). Nothing was inserted; your text has not changed.',
  },

  // Tools.
  toolbar: { nl: 'Opmaak', en: 'Formatting' },
  tableTools: { nl: 'Tabel', en: 'Table' },
  paragraph: { nl: 'Alinea', en: 'Text' },
  heading3: { nl: 'Kop', en: 'Heading' },
  heading4: { nl: 'Tussenkop', en: 'Subheading' },
  bold: { nl: 'Vet', en: 'Bold' },
  italic: { nl: 'Cursief', en: 'Italic' },
  bulletList: { nl: 'Lijst', en: 'Bulleted list' },
  orderedList: { nl: 'Genummerde lijst', en: 'Numbered list' },
  indent: { nl: 'Lijstitem inspringen', en: 'Indent list item' },
  outdent: { nl: 'Lijstitem terugzetten', en: 'Outdent list item' },
  insertTable: { nl: 'Tabel invoegen', en: 'Insert table' },
  insertSignal: { nl: 'Verwijzing naar signaal', en: 'Reference to signal' },
  noSignals: { nl: 'Aan deze casus is nu geen signaal gekoppeld.', en: 'No signal is linked to this case now.' },
  undo: { nl: 'Ongedaan maken', en: 'Undo' },
  redo: { nl: 'Opnieuw doen', en: 'Redo' },
  find: { nl: 'Zoeken in het plan', en: 'Find in the plan' },
  shortcuts: { nl: 'Sneltoetsen', en: 'Keyboard shortcuts' },
  rowAbove: { nl: 'Rij erboven', en: 'Row above' },
  rowBelow: { nl: 'Rij eronder', en: 'Row below' },
  columnBefore: { nl: 'Kolom ervoor', en: 'Column before' },
  columnAfter: { nl: 'Kolom erna', en: 'Column after' },
  deleteRow: { nl: 'Rij weg', en: 'Delete row' },
  deleteColumn: { nl: 'Kolom weg', en: 'Delete column' },
  headerRow: { nl: 'Koprij', en: 'Header row' },
  deleteTable: { nl: 'Tabel weg', en: 'Delete table' },
  signalTitle: { nl: 'Signaal {reference}', en: 'Signal {reference}' },

  // Interventions.
  insertIntervention: { nl: 'Interventie invoegen', en: 'Insert intervention' },
  intervention: { nl: 'Interventie', en: 'Intervention' },
  removeIntervention: { nl: 'Interventie weg', en: 'Delete intervention' },
  fieldKind: { nl: 'Soort', en: 'Kind' },
  fieldStatus: { nl: 'Stand', en: 'Status' },
  fieldPower: { nl: 'Bevoegdheid', en: 'Power' },
  fieldBody: { nl: 'Bevoegd orgaan', en: 'Competent body' },
  fieldDepartment: { nl: 'Afdeling', en: 'Department' },
  fieldPerson: { nl: 'Wie', en: 'Who' },
  fieldDue: { nl: 'Klaar op', en: 'Due on' },
  fieldResult: { nl: 'Resultaat', en: 'Result' },
  fieldDescription: { nl: 'Omschrijving', en: 'Description' },
  nobody: { nl: 'Nog niemand', en: 'Nobody yet' },
  somebody: { nl: 'Iemand buiten het team', en: 'Somebody outside the team' },
  kindBestuurlijk: { nl: 'Bestuurlijk', en: 'Administrative law' },
  kindStrafrechtelijk: { nl: 'Strafrechtelijk', en: 'Criminal law' },
  kindFiscaal: { nl: 'Fiscaal', en: 'Tax law' },
  kindPrivaatrechtelijk: { nl: 'Privaatrechtelijk', en: 'Private law' },
  kindPreventief: { nl: 'Preventief of communicatief', en: 'Preventive or by communication' },
  statusPlanned: { nl: 'Gepland', en: 'Planned' },
  statusStarted: { nl: 'Begonnen', en: 'Started' },
  statusDone: { nl: 'Klaar', en: 'Done' },
  statusDropped: { nl: 'Vervallen', en: 'Dropped' },

  // Find.
  findLabel: { nl: 'Zoek', en: 'Find' },
  findNext: { nl: 'Volgende', en: 'Next' },
  findPrevious: { nl: 'Vorige', en: 'Previous' },
  findClose: { nl: 'Zoeken sluiten', en: 'Close find' },
  findCount: { nl: '{at} van {count}', en: '{at} of {count}' },
  findNone: { nl: 'Niet gevonden', en: 'Not found' },

  // Who is here.
  presence: { nl: 'Nu aanwezig', en: 'Here now' },
  alone: { nl: 'Er is nu niemand anders.', en: 'Nobody else is here now.' },
  unknown: { nl: 'Zonder verbinding is niet te zien wie er is.', en: 'Without a connection it cannot be seen who is here.' },
  windows: { nl: '{count} vensters', en: '{count} windows' },
  yourself: { nl: 'U, in een ander venster', en: 'You, in another window' },
  goTo: { nl: 'Ga naar', en: 'Go to' },
  wentTo: { nl: 'U bent nu bij {name}, in het onderdeel {section}.', en: 'You are now at {name}, in the section {section}.' },
  noPlace: { nl: '{name} heeft nu geen cursor in de tekst.', en: '{name} has no caret in the text now.' },
  joined: { nl: '{name} is erbij gekomen.', en: '{name} has joined.' },
  left: { nl: '{name} is weggegaan.', en: '{name} has left.' },
  mute: { nl: 'Meld wie komt en gaat', en: 'Tell who comes and goes' },

  // Comments.
  comments: { nl: 'Opmerkingen', en: 'Comments' },
  addComment: { nl: 'Opmerking bij de selectie', en: 'Comment on the selection' },
  commentIntervention: { nl: 'Opmerking bij deze interventie', en: 'Comment on this intervention' },
  commentsHere: { nl: 'Opmerkingen ({count})', en: 'Comments ({count})' },
  aboutIntervention: { nl: 'Interventie: “{quote}”', en: 'Intervention: “{quote}”' },
  commentOn: { nl: 'Uw opmerking', en: 'Your comment' },
  noComments: {
    nl: 'Er zijn geen open opmerkingen. Selecteer een passage om er een bij te plaatsen, of gebruik de knop bij een interventie.',
    en: 'There are no open comments. Select a passage to place one, or use the button of an intervention.',
  },
  mention: { nl: 'Teamlid noemen', en: 'Mention somebody' },
  mentionHint: { nl: 'Typ @ om een teamlid te noemen. Wie u noemt, ziet dat in Mijn werk.', en: 'Type @ to mention somebody of the team. Whoever you mention sees it in My work.' },
  mentionWhom: { nl: 'Wie wilt u noemen?', en: 'Whom do you want to mention?' },
  team: { nl: 'Team', en: 'Team' },
  nobodyFits: { nl: 'Niemand in het team heet zo.', en: 'Nobody in the team is called that.' },
  placeComment: { nl: 'Plaatsen', en: 'Place' },
  cancel: { nl: 'Annuleren', en: 'Cancel' },
  commentPlaced: { nl: 'De opmerking is geplaatst.', en: 'The comment has been placed.' },
  yourReply: { nl: 'Uw reactie', en: 'Your reply' },
  reply: { nl: 'Reageren', en: 'Reply' },
  resolve: { nl: 'Afgehandeld', en: 'Resolve' },
  reopen: { nl: 'Heropenen', en: 'Reopen' },
  resolved: { nl: 'De opmerking is afgehandeld.', en: 'The comment has been resolved.' },
  reopened: { nl: 'De opmerking is weer open.', en: 'The comment is open again.' },
  isResolved: { nl: 'Afgehandeld', en: 'Resolved' },
  resolvedToo: { nl: 'Toon ook afgehandelde', en: 'Show resolved ones too' },
  nextComment: { nl: 'Volgende opmerking', en: 'Next comment' },
  previousComment: { nl: 'Vorige opmerking', en: 'Previous comment' },
  interventionGone: { nl: 'De interventie staat niet meer in het plan.', en: 'The intervention is no longer in the plan.' },
  passageGone: { nl: 'De passage staat niet meer in de tekst.', en: 'The passage is no longer in the text.' },

  // The list of shortcuts.
  keysIn: { nl: 'Toets', en: 'Key' },
  keysDo: { nl: 'Wat het doet', en: 'What it does' },
  close: { nl: 'Sluiten', en: 'Close' },
  keyHardBreak: { nl: 'Nieuwe regel in dezelfde alinea', en: 'New line in the same paragraph' },
  keyTab: { nl: 'Lijstitem inspringen, of naar de volgende cel', en: 'Indent list item, or go to the next cell' },
  keyShiftTab: { nl: 'Lijstitem terugzetten, of naar de vorige cel', en: 'Outdent list item, or go to the previous cell' },
  keyLeave: { nl: 'De tekst met Tab verlaten, ook uit een lijst of tabel', en: 'Leave the text with Tab, also from a list or table' },
  keyOpenSignal: { nl: 'Verwijzing naast de cursor openen (of Ctrl en klik)', en: 'Open the reference beside the caret (or Ctrl and click)' },
  keyFields: { nl: 'Van de omschrijving naar de velden van een interventie, en terug', en: 'From the description to the fields of an intervention, and back' },
  keyToolbar: { nl: 'Naar de knoppen', en: 'Go to the buttons' },
  keyDash: { nl: 'Lijst beginnen (aan het begin van een regel)', en: 'Start a list (at the start of a line)' },
  keyOne: { nl: 'Genummerde lijst beginnen', en: 'Start a numbered list' },
  keyHash: { nl: 'Kop of tussenkop beginnen', en: 'Start a heading or subheading' },
  keySpace: { nl: 'spatie', en: 'space' },
  keyThen: { nl: 'daarna', en: 'then' },
} satisfies Record<string, Record<Lang, string>>;

export type Key = keyof typeof texts;
export type Say = (key: Key, values?: Record<string, string | number>) => string;

/** The texts in one language. */
export function speak(lang: Lang): Say {
  return (key, values = {}) =>
    texts[key][lang].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The language of an attribute; Dutch when it is neither. */
export function languageOf(code: string | null): Lang {
  return code?.startsWith('en') ? 'en' : 'nl';
}

/** Local time, 24 hours. */
export function timeOfDay(at: Date, lang: Lang): string {
  return at.toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Day and time, for what may be of another day; nothing for what is no time. */
export function dayAndTime(at: string, lang: Lang): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return date.toLocaleString(lang, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}
