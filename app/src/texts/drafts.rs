//! Words of drafts: saving, checking, sending, conflicts.

texts! {
    WHOLE_FORM = "Het formulier" / "The form";
    SAVED_AT = "Laatst bewaard op {}" / "Last saved on {}";
    CHECK = "Verder: antwoorden controleren" / "Continue: check your answers";
    SAVE = "Bewaren en later verder" / "Save and continue later";
    DISCARD = "Concept weggooien" / "Discard draft";
    ANSWERS_TITLE = "Controleer uw antwoorden" / "Check your answers";
    ANSWERS_INTRO = "Klopt alles? Er wordt pas iets vastgelegd als u op de knop drukt." / "Is everything right? Nothing is recorded until you press the button.";
    ANSWERS_CHANGE = "Wijzigen" / "Change";
    BACK_TO_FORM = "Terug naar het formulier" / "Back to the form";
    SEND_NEW_SIGNAL = "Signaal vastleggen" / "Log the signal";
    SEND_EDIT_SIGNAL = "Wijziging bewaren" / "Save the change";
    SEND_OPEN_CASE = "Ondertekenen en casus openen" / "Sign and open the case";
    SEND_LINK_SIGNAL = "Toets ondertekenen en signaal koppelen" / "Sign the test and link the signal";
    SEND_UNLINK_SIGNAL = "Signaal ontkoppelen" / "Unlink the signal";
    SEND_TEAM = "Team wijzigen" / "Change the team";
    DISCARD_TITLE = "Concept weggooien?" / "Discard the draft?";
    DISCARD_TEXT = "Alles wat u in dit concept typte, gaat weg. Dit kunt u niet terugdraaien." / "Everything you typed in this draft goes. You cannot undo this.";
    DISCARD_YES = "Ja, weggooien" / "Yes, discard";
    DISCARD_NO = "Nee, terug naar het concept" / "No, back to the draft";
    CONFLICT_TITLE = "Iemand anders heeft dit ook gewijzigd" / "Somebody else changed this too";
    CONFLICT_TEXT = "{} bewaarde op {} een nieuwe versie, terwijl u bezig was. Uw tekst is niet weg. Vergelijk de verschillen en kies waarmee u verder gaat." / "{} saved a new version on {} while you were working. Your text is not lost. Compare the differences and choose what to continue with.";
    CONFLICT_TEXT_SOMEBODY = "Iemand wijzigde dit terwijl u bezig was. Wat u invulde is niet weg. Vergelijk de verschillen en kies waarmee u verder gaat." / "Somebody changed this while you were working. What you filled in is not lost. Compare the differences and choose what to continue with.";
    CONFLICT_CAPTION = "Verschillen" / "Differences";
    CONFLICT_PART = "Onderdeel" / "Part";
    CONFLICT_MINE = "Van u" / "Yours";
    CONFLICT_THEIRS = "Van {}" / "By {}";
    CONFLICT_SAME = "De antwoorden zijn gelijk. U kunt met beide verder." / "The answers are the same. You can continue with either.";
    CONFLICT_KEEP_MINE = "Verder met mijn tekst" / "Continue with my text";
    CONFLICT_KEEP_THEIRS = "Verder met de tekst van de ander" / "Continue with the other's text";
    CONFLICT_AFTER = "U komt terug in het formulier en kunt daar nog alles aanpassen." / "You return to the form, where you can still change everything.";
    AUTOSAVE_LABEL = "Automatisch bewaren" / "Saving automatically";
    AUTOSAVE_READY = "Wat u typt, wordt automatisch bewaard." / "What you type is saved automatically.";
    AUTOSAVE_UNSAVED = "Nog niet bewaard" / "Not saved yet";
    AUTOSAVE_SAVING = "Bewaren…" / "Saving…";
    AUTOSAVE_SAVED = "Bewaard om" / "Saved at";
    AUTOSAVE_FAILED = "Bewaren lukt nu niet. Plein probeert het opnieuw. Sluit deze pagina niet." / "Saving does not work now. Plein tries again. Do not close this page.";
    AUTOSAVE_SIGNED_OUT = "U bent niet meer aangemeld. Meld u aan in een nieuw tabblad en ga hier verder." / "You are no longer signed in. Sign in in a new tab and continue here.";
    AUTOSAVE_REFUSED = "Dit kan niet worden bewaard: het is te lang, of het concept bestaat niet meer." / "This cannot be saved: it is too long, or the draft no longer exists.";
}
