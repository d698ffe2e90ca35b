//! Words of the subjects that are seen in several signals.

texts! {
    TITLE = "In meer signalen gezien" / "Seen in several signals";
    INTRO = "Deze betrokkenen hebben in meer gekoppelde signalen hetzelfde kenmerk. Dat zegt nog niet dat het om dezelfde gaat: een telefoon of adres kan van meer mensen zijn. Uw oordeel staat erbij voor het team; er wordt niets samengevoegd." / "These subjects have the same identifier in several linked signals. That does not yet mean they are the same: several people can share a telephone or address. Your judgement stands here for the team; nothing is merged.";
    IN_SIGNALS = "Gezien in {}" / "Seen in {}";
    SHARED = "Zelfde kenmerk" / "Same identifier";
    NOT_JUDGED = "Nog niet beoordeeld." / "Not judged yet.";
    JUDGED = "{}, volgens {} ({}) op {}." / "{}, according to {} ({}) on {}.";
    QUESTION = "Gaat het om dezelfde?" / "Are they the same?";
    UNDO = "Oordeel ongedaan maken" / "Undo the judgement";
    OF = "van {}" / "of {}";
    OVERTAKEN = "Uw oordeel is niet vastgelegd: iemand anders heeft intussen geoordeeld, of een signaal is ontkoppeld. Hieronder staat hoe het nu is." / "Your judgement was not recorded: somebody else judged meanwhile, or a signal was unlinked. Below stands how it is now.";
    RELATED = "Verwante casussen" / "Related cases";
    RELATED_INTRO = "In deze casussen is of was een signaal gekoppeld dat ook hier is of was gekoppeld. U ziet alleen casussen waarin u zelf werkt." / "In these cases a signal is or was linked that is or was linked here too. You see only cases you work in yourself.";
}
