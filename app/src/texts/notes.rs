//! Words of the notes on a case.

texts! {
    TITLE = "Notities" / "Notes";
    OF_CASE = "Notities bij casus {}" / "Notes on case {}";
    EXPLAIN = "Het team van de casus leest deze notities. Nieuwste eerst." / "The team of the case reads these notes. Newest first.";
    EMPTY = "Er zijn nog geen notities." / "There are no notes yet.";
    SHOW_ALL = "Alle notities" / "All notes";
    SHOW_ALL_COUNTED = "Alle {} notities" / "All {} notes";
    WRITE = "Notitie schrijven" / "Write a note";
    WRITE_TITLE = "Een notitie schrijven" / "Write a note";
    WRITE_INTRO = "Uw naam, uw afdeling en het tijdstip staan erbij." / "Your name, your department and the time stand with it.";
    TEXT = "Notitie" / "Note";
    TEXT_HINT = "Gewone tekst, met een lege regel tussen alinea's. Schrijf alleen wat het team voor deze casus nodig heeft." / "Plain text, with an empty line between paragraphs. Write only what the team needs for this case.";
    SEND = "Notitie opslaan" / "Save the note";
    CHANGED_AT = "gewijzigd op {}" / "changed on {}";
    WITHDRAWN = "Deze notitie is op {} door de schrijver ingetrokken." / "This note was withdrawn by its author on {}.";
    OPEN = "Wijzigen of intrekken" / "Change or withdraw";
    OPEN_EARLIER = "Eerdere tekst" / "Earlier text";
    OF_NOTE = "de notitie van {}, {}" / "the note by {}, {}";
    NOTE = "Notitie bij casus {}" / "Note on case {}";
    BACK = "Terug naar de notities" / "Back to the notes";
    CHANGE_TITLE = "De notitie wijzigen" / "Change the note";
    CHANGE_INTRO = "Wat er nu staat, blijft bewaard als eerdere tekst." / "What stands there now is kept as earlier text.";
    CHANGE = "Wijziging opslaan" / "Save the change";
    WITHDRAW_TITLE = "De notitie intrekken" / "Withdraw the note";
    WITHDRAW_TEXT = "De tekst staat dan niet meer tussen de notities. Hij blijft wel bewaard als eerdere tekst." / "The text then no longer stands among the notes. It is kept as earlier text.";
    WITHDRAW = "Notitie intrekken" / "Withdraw the note";
    EARLIER = "Eerdere tekst" / "Earlier text";
    EARLIER_OF = "Geschreven op {}" / "Written on {}";
    OVERTAKEN = "Dit is niet opgeslagen: de notitie is intussen gewijzigd of ingetrokken. Hieronder staat hoe zij nu is. Wat u typte, staat nog in het formulier, of onderaan." / "This was not saved: the note has been changed or withdrawn meanwhile. Below stands how it is now. What you typed still stands in the form, or at the end.";
    TYPED = "Wat u typte" / "What you typed";
    PRINT = "Om af te drukken" / "For printing";
    PRINTED_MORE = "Alleen de nieuwste {} notities staan hier." / "Only the newest {} notes stand here.";
}
